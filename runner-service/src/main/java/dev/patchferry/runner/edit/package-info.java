/**
 * Replaces text in the content of a file: bytes and replacements in, bytes and how they matched out.
 *
 * <p>Pure, and bounded in time and size whatever the pattern. A file is either changed the way its sender meant, line
 * endings, byte order mark and final newline included, or refused with a reason that says what to send instead; it is
 * never re-encoded and never left as it was under the name of a success. Opening and writing files is the caller's.
 */
@NullMarked
package dev.patchferry.runner.edit;

import org.jspecify.annotations.NullMarked;
