package dev.patchferry.runner.approval;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.Review;
import dev.patchferry.runner.journal.JournaledPatch;
import java.util.List;
import java.util.Optional;

/**
 * What an approval has to name.
 *
 * @param entry the patch
 * @param review what is shown of it; of a held patch its content hash, and nothing is hidden
 */
public record ShownChange(JournaledPatch entry, Review review) {
    /**
     * What waits; empty if nobody has to decide about the patch, or if it is not known what was shown: it was proposed by
     * a version that did not write that down.
     *
     * @param receipt of the patch as it is
     */
    public static Optional<ShownChange> of(JournaledPatch journaledPatch, Optional<Receipt> receipt) {
        return switch (journaledPatch.status()) {
            case HELD ->
                Optional.of(new ShownChange(
                        journaledPatch, new Review(journaledPatch.hash().hex(), false, List.of(), 0)));
            case PROPOSED -> receipt.flatMap(Receipt::review).map(review -> new ShownChange(journaledPatch, review));
            default -> Optional.empty();
        };
    }

    public String changeSet() {
        return review.changeSet();
    }

    /** Where it is shown. */
    public String path() {
        String patch = "/patches/" + entry.id();
        return entry.status() == PatchStatus.HELD ? patch : patch + "/diff";
    }
}
