/**
 * From an upper layer to the changed workspace, and back: the change set, what stands against it, its commit and its undo.
 *
 * <p>A change set is read from the layer, compared with the workspace and with git's rules, staged, and moved in by renames,
 * all or none; a commit that a crash cut short is finished or taken back by what lies on disk. What was replaced is kept for
 * an undo, which is the same commit backwards. Knows workspaces by their folder only; {@code workspace} calls it.
 *
 * <p>More than 30 files, since it is one protocol: its steps share records of what is staged and what was there, and cutting it
 * would make most of them public.
 */
@NullMarked
package dev.patchferry.runner.workspace.commit;

import org.jspecify.annotations.NullMarked;
