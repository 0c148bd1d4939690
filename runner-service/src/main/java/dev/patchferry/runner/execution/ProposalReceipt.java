package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import java.time.Instant;

/** What becomes of the receipt of a patch that ran and waited for an approval. */
public final class ProposalReceipt {
    private ProposalReceipt() {}

    /** It takes effect. */
    public static Receipt approved(Receipt proposed, String reason, Instant at) {
        long files = proposed.files().size() + proposed.filesOmitted();
        return proposed.ended(
                PatchStatus.SUCCEEDED,
                "Succeeded: it had run before and was approved; " + files + (files == 1 ? " file" : " files")
                        + " changed.",
                ReceiptBounds.head(reason, ReceiptBounds.REASON),
                at,
                UndoReceipt.possible(PatchStatus.SUCCEEDED));
    }

    /** It was approved, and what it changed does not fit any more. */
    public static Receipt failed(Receipt proposed, String reason, Instant at) {
        return dropped(proposed, PatchStatus.FAILED, reason, at);
    }

    /** It does not take effect. */
    public static Receipt dropped(Receipt proposed, PatchStatus outcome, String reason, Instant at) {
        Receipt nothing = proposed.withoutEffect();
        String name = outcome.wireName();
        return nothing.ended(
                outcome,
                ReceiptBounds.head(
                        Character.toUpperCase(name.charAt(0)) + name.substring(1)
                                + " after it had run. What it did was dropped; the workspace is as it was. Reason: "
                                + reason,
                        ReceiptBounds.REASON),
                ReceiptBounds.head(reason, ReceiptBounds.REASON),
                at,
                nothing.undo());
    }
}
