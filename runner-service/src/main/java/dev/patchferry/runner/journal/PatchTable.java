package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code patches}. Every method works within its caller's transaction. */
final class PatchTable {
    private PatchTable() {}

    static Entry insert(Handle handle, Offer offer, PatchStatus status, String reason, Instant at) {
        return handle.createQuery("""
                        INSERT INTO patches
                            (id, content_hash, workspace, principal, document, attempt, status, reason, accepted_at)
                        VALUES (:id, :hash, :workspace, :principal, :document, 1, :status, :reason, :at)
                        RETURNING *
                        """)
                .bind("id", offer.id().value())
                .bind("hash", offer.hash().hex())
                .bind("workspace", offer.workspace().value())
                .bind("principal", offer.principal())
                .bind("document", offer.document())
                .bind("status", status.wireName())
                .bind("reason", reason)
                .bind("at", at.toEpochMilli())
                .map(Stored::entry)
                .one();
    }

    /**
     * Brings a patch to its next state, unless somebody else did so meanwhile; then empty.
     *
     * @throws IllegalStateException if that state may not follow
     */
    static Optional<Entry> move(Handle handle, Entry entry, PatchStatus next, String reason, int attempt) {
        if (!entry.status().mayBecome(next)) {
            throw new IllegalStateException(entry.id() + " cannot go from " + entry.status() + " to " + next);
        }
        return handle.createQuery("""
                        UPDATE patches
                        SET status = :next, reason = :reason, attempt = :attempt, committing = NULL
                        WHERE seq = :seq AND status = :before
                        RETURNING *
                        """)
                .bind("next", next.wireName())
                .bind("reason", reason)
                .bind("attempt", attempt)
                .bind("seq", entry.seq())
                .bind("before", entry.status().wireName())
                .map(Stored::entry)
                .findFirst();
    }

    static Optional<Entry> find(Handle handle, PatchId id) {
        return handle.createQuery("SELECT * FROM patches WHERE id = :id")
                .bind("id", id.value())
                .map(Stored::entry)
                .findFirst();
    }

    /** Patches in one of these states, oldest first. */
    static List<Entry> inStatus(Handle handle, List<PatchStatus> statuses) {
        return handle.createQuery("SELECT * FROM patches WHERE status IN (<statuses>) ORDER BY seq")
                .bindList(
                        "statuses", statuses.stream().map(PatchStatus::wireName).toList())
                .map(Stored::entry)
                .list();
    }

    static int waiting(Handle handle, WorkspaceName workspace) {
        return handle.createQuery("SELECT count(*) FROM patches WHERE workspace = :workspace AND status = 'queued'")
                .bind("workspace", workspace.value())
                .mapTo(Integer.class)
                .one();
    }
}
