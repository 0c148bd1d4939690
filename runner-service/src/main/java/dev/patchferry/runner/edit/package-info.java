/**
 * Changes the content of a file: bytes and hunks in, bytes and how they matched out.
 *
 * <p>One engine for every form that a patch may have, pure, and bounded in time and size whatever it is given. A file is
 * either changed the way its sender meant, line endings, byte order mark and final newline included, or refused with a
 * reason that says what to send instead; a change that fits in two places is refused, too. Nothing is ever re-encoded
 * and never left as it was under the name of a success. Opening and writing files is the caller's.
 */
@NullMarked
package dev.patchferry.runner.edit;

import org.jspecify.annotations.NullMarked;
