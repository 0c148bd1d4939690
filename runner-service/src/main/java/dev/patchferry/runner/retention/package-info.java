/**
 * Drops what patches left behind long after their end: documents, receipts, logs, diffs and the files for people. Ids,
 * states and events are kept for ever, so nothing ever runs again. Called by {@code bootstrap}, which starts and stops it.
 */
@NullMarked
package dev.patchferry.runner.retention;

import org.jspecify.annotations.NullMarked;
