package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.contract.StatusChange;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Applies what the runner says about a patch whose content it shares. Whatever it says, it has the patch. */
final class RunnerStateMerger {
    private RunnerStateMerger() {}

    /** One event of the journal. */
    static Optional<StoredPatch> apply(Handle handle, StoredPatch patch, PatchEvent event, Instant now) {
        StoredPatch arrived = arrived(handle, patch, now);
        StatusChange change = new StatusChange(event.status(), event.at(), event.reason());
        return Transitions.step(handle, arrived, change, event.attempt(), event.receipt());
    }

    /** The whole of what the runner knows: each state that is news, in order. */
    static Optional<StoredPatch> apply(Handle handle, StoredPatch patch, RunnerPatch known, Instant now) {
        StoredPatch arrived = arrived(handle, patch, now);
        StoredPatch at = arrived;
        for (StatusChange change : known.history()) {
            Optional<Receipt> receipt = change.status() == known.status() ? known.receipt() : Optional.empty();
            at = Transitions.step(handle, at, change, known.attempt(), receipt).orElse(at);
        }
        // What the history tells has been applied, or was known and is out of date: only what it does not tell is news.
        if (known.history().stream().noneMatch(change -> change.status() == known.status())) {
            StatusChange last = new StatusChange(known.status(), now, known.reason());
            at = Transitions.step(handle, at, last, known.attempt(), known.receipt())
                    .orElse(at);
        }
        return at.equals(arrived) ? Optional.empty() : Optional.of(at);
    }

    /** What was known to have arrived left the outbox when that became known. */
    private static StoredPatch arrived(Handle handle, StoredPatch patch, Instant now) {
        if (patch.forwarded()) {
            return patch;
        }
        OutboxTable.remove(handle, patch.id());
        PatchTable.markForwarded(handle, patch.id(), now);
        return patch.arrived();
    }
}
