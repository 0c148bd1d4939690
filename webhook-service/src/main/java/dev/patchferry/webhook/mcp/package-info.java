/**
 * The service as a Model Context Protocol server: {@code POST /mcp}, for clients of 2026-07-28 and of the versions that
 * begin with {@code initialize}. Every request stands alone; nothing is remembered between two. A tool is one class, which
 * calls {@code application} and words what comes back for a model. Nothing calls this package.
 *
 * <p>More than 30 files, since each tool is one; none is visible outside.
 */
@NullMarked
package dev.patchferry.webhook.mcp;

import org.jspecify.annotations.NullMarked;
