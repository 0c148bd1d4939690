package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.foundation.files.DiskFull;
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

    /** The same with more of the reason. */
    Outcome because(String more) {
        return new Outcome(status, reason + "; " + more);
    }

    /** The runner could not go on with it. */
    static Outcome broken(Exception cause) {
        return DiskFull.isCauseOf(cause)
                ? diskFull(String.valueOf(cause.getMessage()))
                : new Outcome(PatchStatus.FAILED, "runner_broken: " + cause.getMessage());
    }

    static Outcome diskFull(String where) {
        return new Outcome(
                PatchStatus.FAILED, "disk_full: " + where + "; send it again under a new id once there is room");
    }

    /**
     * The runner could not write down how it ended, and has settled it later.
     *
     * @param end what became of what it did
     */
    static Outcome troubled(Throwable cause, String end) {
        return DiskFull.isCauseOf(cause)
                ? diskFull("the runner's disk was full, so the end of the patch could not be journalled; " + end)
                : new Outcome(
                        PatchStatus.INTERRUPTED,
                        "runner_trouble: the end of the patch could not be journalled when it ended ("
                                + cause.getMessage() + "); " + end);
    }
}
