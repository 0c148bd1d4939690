package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.runner.process.Cancellation;

/**
 * How a patch ended.
 *
 * @param status the state it comes to
 * @param reason why, a stable word first
 */
record Outcome(PatchStatus status, String reason) {
    static Outcome of(Cancellation.Request request) {
        return new Outcome(request.outcome(), request.reason());
    }
}
