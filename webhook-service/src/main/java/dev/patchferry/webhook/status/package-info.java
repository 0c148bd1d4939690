/**
 * Answers what became of patches, and does what an operator asks about one. State comes from the store alone, so it is
 * answered with the runner down, too; log, diff, workspaces and execution are the runner's, and answer 503 then.
 * Somebody else's patch answers as if there were none. Calls the store and the runner; nothing calls it.
 */
@NullMarked
package dev.patchferry.webhook.status;

import org.jspecify.annotations.NullMarked;
