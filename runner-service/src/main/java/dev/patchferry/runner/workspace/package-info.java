/**
 * Workspaces and the transaction a patch runs in: an overlay whose lower layer is the workspace and whose upper layer is
 * the change. Until {@code commit} the workspace itself is only read; closed without it, nothing happened. How a change gets
 * into the workspace is {@code workspace.commit}, how files are reached is {@code workspace.fs}; neither knows this package.
 */
@NullMarked
package dev.patchferry.runner.workspace;

import org.jspecify.annotations.NullMarked;
