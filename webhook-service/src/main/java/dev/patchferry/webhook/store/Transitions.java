package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one place where a patch's state changes. */
final class Transitions {
    private Transitions() {}

    /**
     * Moves a patch on, if it may go there and has not been there at that very time already (which is how a report that
     * comes twice is known, also after the runner's journal began anew).
     *
     * @param receipt of the execution that ended; a terminal state without one keeps the one before
     * @return the patch as it is now; empty if nothing changed
     */
    static Optional<StoredPatch> step(
            Handle handle, StoredPatch patch, StatusChange to, int attempt, Optional<Receipt> receipt) {
        if (!(patch.status().mayBecome(to.status()) || waitsForSomethingElse(patch, to))
                || HistoryTable.contains(handle, patch.id(), to)) {
            return Optional.empty();
        }
        Optional<Receipt> kept = to.status().isTerminal() ? receipt.or(patch::receipt) : receipt;
        StoredPatch changed = patch.in(to, Math.max(attempt, patch.attempt()), kept);
        PatchTable.change(handle, changed);
        HistoryTable.append(handle, patch.id(), to);
        return Optional.of(changed);
    }

    /** The runner says why a patch has to wait longer, or that it need not any more. */
    private static boolean waitsForSomethingElse(StoredPatch patch, StatusChange to) {
        return patch.status() == PatchStatus.QUEUED
                && to.status() == PatchStatus.QUEUED
                && !patch.reason().equals(to.reason());
    }
}
