/**
 * Changes the content of a file: bytes and hunks in, bytes and how they matched out.
 *
 * <p>One engine for every form that a patch may have, pure, and bounded in time and size whatever it is given. A file is
 * either changed the way its sender meant, line endings, byte order mark and final newline included, or refused with a
 * reason that says what to send instead; a change that fits in two places is refused, too. Nothing is ever re-encoded
 * and never left as it was under the name of a success. Opening and writing files is the caller's.
 *
 * <p>More than 30 files, since it is one algorithm: its levels of matching, how a place is chosen and how the lines are
 * put back share values that nobody else may see. Visible are {@code EditEngine}, its result and two small parts.
 */
@NullMarked
package dev.patchferry.engine.edit;

import org.jspecify.annotations.NullMarked;
