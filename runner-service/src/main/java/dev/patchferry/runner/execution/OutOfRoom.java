package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.foundation.files.DiskFloor;
import dev.patchferry.foundation.files.DiskFull;

/**
 * Tells a step that failed because the disk of {@code FERRY_HOME} is full from one that failed for a reason of its own: a
 * command has room limits, too, and says the same about those.
 */
record OutOfRoom(DiskFloor floor) {
    /**
     * The outcome with the cause.
     *
     * @param output the end of what commands have printed
     */
    Outcome explain(Outcome outcome, String output) {
        if (outcome.status() != PatchStatus.FAILED || outcome.reason().startsWith("disk_full: ")) {
            return outcome;
        }
        boolean said = DiskFull.isSaidIn(outcome.reason());
        return said || (DiskFull.isSaidIn(output) && floor.shortage().isPresent())
                ? Outcome.diskFull(outcome.reason() + (said ? "" : ", and there is no room on the disk of FERRY_HOME"))
                : outcome;
    }
}
