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
final class PatchTable {
    private PatchTable() {}

    /**
     * Adds a patch.
     *
     * @param decideBy until when somebody may decide about it, if somebody has to
     */
    static Entry insert(Handle handle, Offer offer, Instant at, Optional<Instant> decideBy) {
        Entry entry = handle.createQuery("""
                        INSERT INTO patches
                            (id, content_hash, hash_rule, workspace, principal, roles, attempt, status, reason, accepted_at,
                             decide_by)
                        VALUES (:id, :hash, :hashRule, :workspace, :principal, :roles, 1, :status, :reason, :at, :decideBy)
                        RETURNING *
                        """)
                .bind("id", offer.id().value())
                .bind("hash", offer.hash().hex())
                .bind("hashRule", offer.hashRule().map(HashRule::number))
                .bind("workspace", offer.workspace().value())
                .bind("principal", offer.sender().principal())
                .bind("roles", String.join(",", offer.sender().roles()))
                .bind("status", offer.status().wireName())
                .bind("reason", offer.reason())
                .bind("at", at.toEpochMilli())
                .bind("decideBy", decideBy.map(Instant::toEpochMilli))
                .map(Stored::entry)
                .one();
        handle.execute("INSERT INTO documents (seq, body) VALUES (?, ?)", entry.seq(), offer.document());
        return entry;
    }

    /**
     * Brings a patch to its next state, unless somebody else did so meanwhile or its approval is being carried out; then
     * empty.
     *
     * @throws IllegalStateException if that state may not follow
     */
    static Optional<Entry> move(Handle handle, Entry entry, NextState step) {
        PatchStatus next = step.status();
        if (!entry.status().mayBecome(next)) {
            throw new IllegalStateException(entry.id() + " cannot go from " + entry.status() + " to " + next);
        }
        if (entry.status() == PatchStatus.PROPOSED && !DecisionTable.close(handle, entry)) {
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
                .bind("seq", entry.seq())
                .bind("before", entry.status().wireName())
                .map(Stored::entry)
                .findFirst();
    }

    /** Gives the patches that wait for their turn another reason to; returns those that had another one. */
    static List<Entry> explain(Handle handle, WorkspaceName workspace, String reason) {
        return handle.createQuery("""
                        UPDATE patches SET reason = :reason
                        WHERE workspace = :workspace AND status = 'queued' AND reason <> :reason
                        RETURNING *
                        """)
                .bind("workspace", workspace.value())
                .bind("reason", reason)
                .map(Stored::entry)
                .list();
    }

    static Optional<Entry> find(Handle handle, PatchId id) {
        return handle.createQuery("SELECT * FROM patches WHERE id = :id")
                .bind("id", id.value())
                .map(Stored::entry)
                .findFirst();
    }

    /** Whether an offer is the patch that is journalled under its id. */
    static boolean isSame(Handle handle, Entry known, Offer offer) {
        return handle.createQuery("SELECT hash_rule FROM patches WHERE seq = :seq")
                .bind("seq", known.seq())
                .map((row, _) -> Optional.ofNullable((Number) row.getObject("hash_rule")))
                .map(rule -> offer.isContent(known.hash(), rule.map(Number::intValue)))
                .one();
    }

    /** The patch with this number, which is there. */
    static Entry find(Handle handle, long seq) {
        return handle.createQuery("SELECT * FROM patches WHERE seq = :seq")
                .bind("seq", seq)
                .map(Stored::entry)
                .one();
    }

    /** Patches in one of these states, oldest first. */
    static List<Entry> inStatus(Handle handle, List<PatchStatus> statuses) {
        return handle.createQuery("SELECT * FROM patches WHERE status IN (<statuses>) ORDER BY seq")
                .bindList(
                        "statuses", statuses.stream().map(PatchStatus::wireName).toList())
                .map(Stored::entry)
                .list();
    }

    /** A page, newest first; of one state, of one workspace, or of all. */
    static List<Entry> list(
            Handle handle, Optional<PatchStatus> status, Optional<String> workspace, long before, int most) {
        String only = (status.isPresent() ? " AND status = :status" : "")
                + (workspace.isPresent() ? " AND workspace = :workspace" : "");
        Query query = handle.createQuery(
                "SELECT * FROM patches WHERE seq < :before" + only + " ORDER BY seq DESC LIMIT :most");
        status.ifPresent(value -> query.bind("status", value.wireName()));
        workspace.ifPresent(value -> query.bind("workspace", value));
        return query.bind("before", before)
                .bind("most", most)
                .map(Stored::entry)
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
    static int countHeld(Handle handle, Offer offer) {
        return handle.createQuery("""
                        SELECT count(*) FROM patches INDEXED BY patches_by_status
                        WHERE workspace = :workspace AND status = 'held' AND principal = :principal
                        """)
                .bind("workspace", offer.workspace().value())
                .bind("principal", offer.sender().principal())
                .mapTo(Integer.class)
                .one();
    }
}
