/**
 * Taking a patch back, and bringing it back: accepting the request, asking the rules, running the commit backwards.
 *
 * <p>An undo happens only while every path that the patch touched is as the patch left it, and only if whoever asks could make
 * such a change; else it is refused, with the paths or the rule. The queue of the workspace runs {@code UndoWork} between its
 * patches; the API calls {@code Undos}.
 */
@NullMarked
package dev.patchferry.runner.undo;

import org.jspecify.annotations.NullMarked;
