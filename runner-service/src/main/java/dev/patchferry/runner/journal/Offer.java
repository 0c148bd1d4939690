package dev.patchferry.runner.journal;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import java.util.Optional;

/**
 * A patch offered to the journal.
 *
 * @param document what was sent, as JSON
 * @param principal who sent it
 * @param end the receipt of a patch that ends at once
 */
public record Offer(
        PatchId id,
        ContentHash hash,
        WorkspaceName workspace,
        String principal,
        String document,
        Optional<Receipt> end) {
    /**
     * A document that has arrived.
     *
     * @param rejection if it cannot be executed
     */
    public static Offer of(PatchDocument document, String principal, Optional<Receipt> rejection) {
        return new Offer(
                document.id(),
                document.hash(),
                document.workspace(),
                principal,
                document.json().toString(),
                rejection);
    }

    /** A patch that was cancelled before it arrived: its place is taken, so that it will not run when it does. */
    public static Offer tombstone(
            PatchId id, ContentHash hash, WorkspaceName workspace, String principal, Receipt cancelled) {
        return new Offer(id, hash, workspace, principal, "{\"id\":\"" + id + "\"}", Optional.of(cancelled));
    }
}
