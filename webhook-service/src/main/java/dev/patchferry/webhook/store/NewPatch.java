package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.WorkspaceName;
import java.util.Optional;

/**
 * A valid document that asks to be stored.
 *
 * @param hashRule the rule to store the hash with
 * @param document the bytes as sent; they are forwarded as they are.
 * @param message what it came in, if its sender signs such
 * @param from where it was sent from
 */
public record NewPatch(
        PatchId id,
        WorkspaceName workspace,
        ContentHash hash,
        HashRule hashRule,
        Sender sender,
        RawDocument document,
        Optional<SignedMessage> message,
        RequestOrigin from) {
    /** One that came in no message, from who knows where. */
    public NewPatch(PatchId id, WorkspaceName workspace, ContentHash hash, Sender sender, RawDocument document) {
        this(id, workspace, hash, sender, document, Optional.empty(), RequestOrigin.UNKNOWN);
    }

    /** One whose hash was taken by the current rule. */
    public NewPatch(
            PatchId id,
            WorkspaceName workspace,
            ContentHash hash,
            Sender sender,
            RawDocument document,
            Optional<SignedMessage> message,
            RequestOrigin from) {
        this(id, workspace, hash, HashRule.CURRENT, sender, document, message, from);
    }
}
