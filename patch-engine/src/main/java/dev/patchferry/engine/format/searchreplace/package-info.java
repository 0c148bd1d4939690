/**
 * Reads blocks of {@code <<<<<<< SEARCH}, {@code =======} and {@code >>>>>>> REPLACE}, each under the name of its file.
 * Pure: text in, steps out. Call {@link dev.patchferry.engine.format.searchreplace.SearchReplace}.
 */
@NullMarked
package dev.patchferry.engine.format.searchreplace;

import org.jspecify.annotations.NullMarked;
