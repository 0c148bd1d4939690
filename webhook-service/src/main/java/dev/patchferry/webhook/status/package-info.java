/**
 * Answers what became of patches, and does what somebody asks about one: binds each request to an operation of {@code
 * application} and maps what that returns to an answer. State comes from the store alone, so it is answered with the
 * runner down, too; log, diff, workspaces and execution are the runner's, and answer 503 then. Nothing calls it.
 */
@NullMarked
package dev.patchferry.webhook.status;

import org.jspecify.annotations.NullMarked;
