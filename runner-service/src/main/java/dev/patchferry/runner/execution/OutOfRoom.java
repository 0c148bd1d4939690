package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.foundation.files.DiskFull;
import dev.patchferry.foundation.files.DiskSpaceGuard;

/**
 * Tells a step that failed because the disk of {@code FERRY_HOME} is full from one that failed for a reason of its own: a
 * command has room limits, too, and says the same about those.
 */
record OutOfRoom(DiskSpaceGuard floor) {
    /**
     * The outcome with the cause.
     *
     * @param output the end of what commands have printed
     */
    Outcome explain(Outcome outcome, String output) {
        String reason = outcome.reason();
        if (outcome.status() == PatchStatus.FAILED && isRefusedByTheFileSystem(reason)) {
            return Outcome.diskFull(reason);
        }
        boolean failed = outcome.status() == PatchStatus.FAILED && reason.startsWith("exit_code: ");
        return failed && DiskFull.isSaidIn(output) && floor.shortage().isPresent()
                ? Outcome.diskFull(reason + ", and there is no room on the disk of FERRY_HOME")
                : outcome;
    }

    /** Only what stands at the end is the file system's own; before it are commands and paths, which may say anything. */
    private static boolean isRefusedByTheFileSystem(String reason) {
        return reason.matches("(?s)[a-z]+_refused: .*")
                && DiskFull.isSaidIn(reason.substring(reason.lastIndexOf(": ")));
    }
}
