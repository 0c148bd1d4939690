package dev.patchferry.webhook.intake;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.Advice;
import dev.patchferry.webhook.view.BoundedReceipt;
import dev.patchferry.webhook.view.Links;
import java.util.Optional;

/**
 * What a sender is told about the patch just sent.
 *
 * @param terminal whether {@code status} is an end
 * @param duplicate whether this id and content were stored before
 * @param reason why it is in this state, once it has ended or waits for a person
 * @param next what to call next, and when
 */
record Answer(
        PatchId id,
        PatchStatus status,
        boolean terminal,
        WorkspaceName workspace,
        boolean duplicate,
        Optional<String> reason,
        Optional<Receipt> receipt,
        Links links,
        String next) {
    static Answer about(StoredPatch patch, boolean duplicate) {
        PatchStatus status = patch.status();
        return new Answer(
                patch.id(),
                status,
                status.isTerminal(),
                patch.workspace(),
                duplicate,
                Optional.of(patch.reason()).filter(_ -> status.endsAWait()),
                patch.receipt().map(BoundedReceipt::of),
                Links.of(patch.id()),
                Advice.on(patch));
    }
}
