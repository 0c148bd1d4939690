/**
 * Unified diffs as git writes them, from bytes in memory: names quoted, hunks, binary literals, and the view of a diff in
 * which nothing can hide. Pure: no files, no processes. A complete diff applies with {@code git apply}. Imports no other
 * feature; used by whoever has the two sides of a file.
 */
@NullMarked
package dev.patchferry.runner.diff;

import org.jspecify.annotations.NullMarked;
