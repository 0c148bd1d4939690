package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.files.DiskFull;
import dev.patchferry.runner.workspace.commit.CommitFailure;
import dev.patchferry.runner.workspace.fs.PathText;

/** The receipt of a patch whose steps all ended well and whose change did not come into the workspace. */
final class NotCommitted {
    private static final String AS_IT_WAS = "Everything was rolled back; the workspace is as it was.";

    private NotCommitted() {}

    /** The workspace is as it was. */
    static Receipt receipt(Receipt hoped, String reason) {
        return receipt(hoped, reason, AS_IT_WAS);
    }

    /** As far as the change could be taken back. */
    static Receipt receipt(Receipt hoped, CommitFailure failure) {
        String reason = kind(failure) + failure.getMessage();
        return failure.left().isEmpty()
                ? receipt(hoped, reason)
                : receipt(
                        hoped,
                        reason + "; not taken back: " + String.join(", ", failure.left()),
                        "The workspace is NOT as it was: some paths could not be put back. What was there is kept in"
                                + " the runner's folder for transactions; see its log.");
    }

    private static String kind(CommitFailure failure) {
        if (failure.isConflict()) {
            return "conflict: ";
        }
        return DiskFull.isCauseOf(failure) ? "disk_full: " : "commit_failed: ";
    }

    private static Receipt receipt(Receipt hoped, String reason, String state) {
        Receipt nothing = hoped.withoutEffect();
        return nothing.ended(
                PatchStatus.FAILED,
                "Failed at the commit, after all steps. " + state + NetworkEffects.of(hoped.enforced(), hoped.steps()),
                ReceiptBounds.head(PathText.shownIn(reason), ReceiptBounds.REASON),
                hoped.finishedAt(),
                nothing.undo());
    }
}
