package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A patch as it stands in the store.
 *
 * @param seq its place in the order of acceptance
 * @param principal who sent it
 * @param reason why it is in this state
 * @param attempt the execution that the state belongs to: 0 before the first
 * @param changedAt when it came to this state
 * @param forwarded whether the runner is known to have it
 * @param receipt what happened, once an execution ended
 * @param droppedAt when its document, receipt and delivery attempts were dropped, long after its end
 */
public record StoredPatch(
        PatchId id,
        long seq,
        String principal,
        WorkspaceName workspace,
        ContentHash hash,
        PatchStatus status,
        String reason,
        int attempt,
        Instant acceptedAt,
        Instant changedAt,
        boolean forwarded,
        Optional<Receipt> receipt,
        Optional<Instant> droppedAt) {

    /** A patch that was just accepted, in its first state. */
    static StoredPatch fresh(NewPatch patch, long seq, StatusChange first) {
        Instant at = first.at().truncatedTo(ChronoUnit.MICROS);
        return new StoredPatch(
                patch.id(),
                seq,
                patch.sender().principal(),
                patch.workspace(),
                patch.hash(),
                first.status(),
                first.reason(),
                0,
                at,
                at,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** The same once the runner is known to have it. */
    StoredPatch arrived() {
        return new StoredPatch(
                id,
                seq,
                principal,
                workspace,
                hash,
                status,
                reason,
                attempt,
                acceptedAt,
                changedAt,
                true,
                receipt,
                droppedAt);
    }

    /** The same in its next state. */
    StoredPatch in(StatusChange to, int currentAttempt, Optional<Receipt> current) {
        return new StoredPatch(
                id,
                seq,
                principal,
                workspace,
                hash,
                to.status(),
                to.reason(),
                currentAttempt,
                acceptedAt,
                to.at().truncatedTo(ChronoUnit.MICROS),
                forwarded,
                current,
                Optional.empty());
    }
}
