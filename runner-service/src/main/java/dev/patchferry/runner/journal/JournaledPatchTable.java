package dev.patchferry.runner.journal;

import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The tables {@code patches} and {@code documents}. Every method works within its caller's transaction. */
final class JournaledPatchTable {
    private JournaledPatchTable() {}

    /**
     * Adds a patch.
     *
     * @param decideBy until when somebody may decide about it, if somebody has to
     */
    static JournaledPatch insert(Handle handle, PatchOffer patchOffer, Instant at, Optional<Instant> decideBy) {
        JournaledPatch journaledPatch = handle.createQuery("""
                        INSERT INTO patches
                            (id, content_hash, hash_rule, workspace, principal, roles, attempt, status, reason, accepted_at,
                             decide_by)
                        VALUES (:id, :hash, :hashRule, :workspace, :principal, :roles, 1, :status, :reason, :at, :decideBy)
                        RETURNING *
                        """)
                .bind("id", patchOffer.id().value())
                .bind("hash", patchOffer.hash().hex())
                .bind("hashRule", patchOffer.hashRule().map(HashRule::number))
                .bind("workspace", patchOffer.workspace().value())
                .bind("principal", patchOffer.sender().principal())
                .bind("roles", String.join(",", patchOffer.sender().roles()))
                .bind("status", patchOffer.status().wireName())
                .bind("reason", patchOffer.reason())
                .bind("at", at.toEpochMilli())
                .bind("decideBy", decideBy.map(Instant::toEpochMilli))
                .map(RowMappers::entry)
                .one();
        handle.execute("INSERT INTO documents (seq, body) VALUES (?, ?)", journaledPatch.seq(), patchOffer.document());
        return journaledPatch;
    }

    /**
     * Brings a patch to its next state, unless somebody else did so meanwhile or its approval is being carried out; then
     * empty.
     *
     * @throws IllegalStateException if that state may not follow
     */
    static Optional<JournaledPatch> move(Handle handle, JournaledPatch journaledPatch, NextState step) {
        PatchStatus next = step.status();
        if (!journaledPatch.status().mayBecome(next)) {
            throw new IllegalStateException(
                    journaledPatch.id() + " cannot go from " + journaledPatch.status() + " to " + next);
        }
        if (journaledPatch.status() == PatchStatus.PROPOSED && !DecisionTable.close(handle, journaledPatch)) {
            return Optional.empty();
        }
        return handle.createQuery("""
                        UPDATE patches
                        SET status = :next, reason = :reason, attempt = :attempt, committing = NULL,
                            decide_by = :decideBy, turn = :turn
                        WHERE seq = :seq AND status = :before
                        RETURNING *
                        """)
                .bind("next", next.wireName())
                .bind("reason", step.reason())
                .bind("attempt", step.attempt())
                .bind("decideBy", step.decideBy().map(Instant::toEpochMilli))
                .bind("turn", step.turn())
                .bind("seq", journaledPatch.seq())
                .bind("before", journaledPatch.status().wireName())
                .map(RowMappers::entry)
                .findFirst();
    }

    /** Gives the patches that wait for their turn another reason to; returns those that had another one. */
    static List<JournaledPatch> explain(Handle handle, WorkspaceName workspace, String reason) {
        return handle.createQuery("""
                        UPDATE patches SET reason = :reason
                        WHERE workspace = :workspace AND status = 'queued' AND reason <> :reason
                        RETURNING *
                        """)
                .bind("workspace", workspace.value())
                .bind("reason", reason)
                .map(RowMappers::entry)
                .list();
    }

    static Optional<JournaledPatch> find(Handle handle, PatchId id) {
        return handle.createQuery("SELECT * FROM patches WHERE id = :id")
                .bind("id", id.value())
                .map(RowMappers::entry)
                .findFirst();
    }

    /** Whether an offer is the patch that is journalled under its id. */
    static boolean isSame(Handle handle, JournaledPatch known, PatchOffer patchOffer) {
        return handle.createQuery("SELECT hash_rule FROM patches WHERE seq = :seq")
                .bind("seq", known.seq())
                .map((row, _) -> Optional.ofNullable((Number) row.getObject("hash_rule")))
                .map(rule -> patchOffer.isContent(known.hash(), rule.map(Number::intValue)))
                .one();
    }

    /** The patch with this number, which is there. */
    static JournaledPatch find(Handle handle, long seq) {
        return handle.createQuery("SELECT * FROM patches WHERE seq = :seq")
                .bind("seq", seq)
                .map(RowMappers::entry)
                .one();
    }

    /** Patches in one of these states, oldest first. */
    static List<JournaledPatch> inStatus(Handle handle, List<PatchStatus> statuses) {
        return handle.createQuery("SELECT * FROM patches WHERE status IN (<statuses>) ORDER BY seq")
                .bindList(
                        "statuses", statuses.stream().map(PatchStatus::wireName).toList())
                .map(RowMappers::entry)
                .list();
    }

    /** A page, newest first; of one state, of one workspace, or of all. */
    static List<JournaledPatch> list(
            Handle handle, Optional<PatchStatus> status, Optional<String> workspace, long before, int most) {
        String only = (status.isPresent() ? " AND status = :status" : "")
                + (workspace.isPresent() ? " AND workspace = :workspace" : "");
        Query query = handle.createQuery(
                "SELECT * FROM patches WHERE seq < :before" + only + " ORDER BY seq DESC LIMIT :most");
        status.ifPresent(value -> query.bind("status", value.wireName()));
        workspace.ifPresent(value -> query.bind("workspace", value));
        return query.bind("before", before)
                .bind("most", most)
                .map(RowMappers::entry)
                .list();
    }

    /** How many wait in a workspace to be executed. */
    static int countQueued(Handle handle, WorkspaceName workspace) {
        return handle.createQuery("""
                        SELECT count(*) FROM patches INDEXED BY patches_waiting
                        WHERE workspace = :workspace AND status = 'queued'
                        """)
                .bind("workspace", workspace.value())
                .mapTo(Integer.class)
                .one();
    }

    /** How many patches of the same sender wait in the same workspace for an approval before they run. */
    static int countHeld(Handle handle, PatchOffer patchOffer) {
        return handle.createQuery("""
                        SELECT count(*) FROM patches INDEXED BY patches_by_status
                        WHERE workspace = :workspace AND status = 'held' AND principal = :principal
                        """)
                .bind("workspace", patchOffer.workspace().value())
                .bind("principal", patchOffer.sender().principal())
                .mapTo(Integer.class)
                .one();
    }
}
