/**
 * Workspaces and the transaction a patch runs in: an overlay whose lower layer is the workspace and whose upper layer is
 * the change. Until {@code commit} the workspace itself is only read; closed without it, nothing happened. Every path
 * of a patch is resolved beneath its layer without following links, and whatever is done to a file is done by its descriptor
 * ({@code DirectoryHandle}, {@code EntryHandle}).
 */
@NullMarked
package dev.patchferry.runner.workspace;

import org.jspecify.annotations.NullMarked;
