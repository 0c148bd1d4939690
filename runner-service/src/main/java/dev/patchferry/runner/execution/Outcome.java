package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;

/**
 * How a patch ended.
 *
 * @param status the state it comes to
 * @param reason why, a stable word first
 */
record Outcome(PatchStatus status, String reason) {}
