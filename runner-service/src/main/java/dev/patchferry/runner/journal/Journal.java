package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Writes what is decided about patches; each method returns when that is on disk. Every
 * change of a patch goes together with its event. Safe for use by several threads.
 */
public final class Journal {
    private final SqliteDatabase database;
    private final EventLog events;
    private final Signal changed;
    private final Clock clock;

    public Journal(SqliteDatabase database, EventLog events, Signal changed, Clock clock) {
        this.database = database;
        this.events = events;
        this.changed = changed;
        this.clock = clock;
    }

    /**
     * Takes a patch in, or says why not. Idempotent by id and content.
     *
     * @param mostWaiting how many patches may wait in one workspace
     */
    public Acceptance accept(Offer offer, int mostWaiting) {
        Acceptance acceptance = database.write(handle -> accept(handle, offer, mostWaiting));
        if (acceptance instanceof Acceptance.Journalled) {
            changed.raise();
        }
        return acceptance;
    }

    /** The patch begins to run; empty if it waits no longer. */
    public Optional<Entry> started(Entry entry) {
        return move(entry, PatchStatus.RUNNING, "it is being executed", Optional.empty(), entry.attempt());
    }

    /** A patch that waits is not to run any more; empty if it waits no longer. */
    public Optional<Entry> cancelled(Entry entry, Receipt receipt) {
        return move(entry, PatchStatus.CANCELLED, receipt.reason(), Optional.of(receipt), entry.attempt());
    }

    /** The patch has run and is about to be brought into the workspace. */
    public void committing(Entry entry, CommitRecord commit) {
        database.write(handle -> handle.createUpdate("UPDATE patches SET committing = :commit WHERE seq = :seq")
                .bind("commit", Stored.write(commit))
                .bind("seq", entry.seq())
                .execute());
    }

    /** The patch has ended. */
    public Entry finished(Entry entry, Receipt receipt) {
        return move(entry, receipt.outcome(), receipt.reason(), Optional.of(receipt), entry.attempt())
                .orElseThrow(() -> movedBySomebodyElse(entry));
    }

    /** An interrupted patch is to run again, as a new attempt. */
    public Entry again(Entry entry, String reason) {
        return move(entry, PatchStatus.QUEUED, reason, Optional.empty(), entry.attempt() + 1)
                .orElseThrow(() -> movedBySomebodyElse(entry));
    }

    /** The patch with this id. */
    public Optional<Entry> find(PatchId id) {
        return database.read(handle -> PatchTable.find(handle, id));
    }

    /** The patch with this number. */
    public Optional<Entry> find(long seq) {
        return database.read(handle -> handle.createQuery("SELECT * FROM patches WHERE seq = :seq")
                .bind("seq", seq)
                .map(Stored::entry)
                .findFirst());
    }

    /** Patches in this state, oldest first. */
    public List<Entry> inStatus(PatchStatus status) {
        return database.read(handle -> PatchTable.inStatus(handle, List.of(status)));
    }

    /** What is running in a workspace. */
    public List<Entry> running(WorkspaceName workspace) {
        return inStatus(PatchStatus.RUNNING).stream()
                .filter(entry -> entry.workspace().equals(workspace))
                .toList();
    }

    /** The patch that has waited longest in a workspace. */
    public Optional<Entry> nextWaiting(WorkspaceName workspace) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches WHERE workspace = :workspace AND status = 'queued' ORDER BY seq LIMIT 1
                        """)
                .bind("workspace", workspace.value())
                .map(Stored::entry)
                .findFirst());
    }

    /**
     * A page of patches, newest first.
     *
     * @param before only patches with a smaller number
     */
    public List<Entry> list(Optional<PatchStatus> status, Optional<String> workspace, long before, int most) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches
                        WHERE seq < :before
                          AND (:status IS NULL OR status = :status)
                          AND (:workspace IS NULL OR workspace = :workspace)
                        ORDER BY seq DESC LIMIT :most
                        """)
                .bind("before", before)
                .bind("status", status.map(PatchStatus::wireName))
                .bind("workspace", workspace)
                .bind("most", most)
                .map(Stored::entry)
                .list());
    }

    /** The patches that something happened to last and that are still kept whole. */
    public List<Entry> latest(int events) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches
                        WHERE seq IN (SELECT patch_seq FROM events ORDER BY number DESC LIMIT :events)
                          AND dropped_at IS NULL
                          AND dropped_at IS NULL
                        ORDER BY seq
                        """)
                .bind("events", events)
                .map(Stored::entry)
                .list());
    }

    /** The receipt of a patch's last attempt, once it ended. */
    public Optional<Receipt> receipt(Entry entry) {
        return events.receipt(entry);
    }

    /** How many patches are in each state. */
    public Map<String, Integer> counts() {
        return database.read(handle -> handle.createQuery(
                        "SELECT status, count(*) AS patches FROM patches GROUP BY status")
                .reduceRows(new TreeMap<>(), (counts, row) -> {
                    counts.put(row.getColumn("status", String.class), row.getColumn("patches", Integer.class));
                    return counts;
                }));
    }

    /** How many wait in a workspace. */
    public int waiting(WorkspaceName workspace) {
        return database.read(handle -> PatchTable.waiting(handle, workspace));
    }

    /** What was sent, as JSON. */
    public String document(Entry entry) {
        return database.read(handle -> handle.createQuery("SELECT document FROM patches WHERE seq = :seq")
                .bind("seq", entry.seq())
                .mapTo(String.class)
                .one());
    }

    /** The commit that was under way, if one was. */
    public Optional<CommitRecord> commitUnderWay(Entry entry) {
        return database.read(handle -> handle.createQuery(
                        "SELECT committing FROM patches WHERE seq = :seq AND committing IS NOT NULL")
                .bind("seq", entry.seq())
                .mapTo(String.class)
                .findFirst()
                .map(json -> Stored.read(json, CommitRecord.class)));
    }

    private Acceptance accept(Handle handle, Offer offer, int mostWaiting) {
        Optional<Entry> known = PatchTable.find(handle, offer.id());
        if (known.isPresent()) {
            return known.get().hash().equals(offer.hash())
                    ? new Acceptance.Known(known.get())
                    : new Acceptance.Conflict(known.get());
        }
        int waiting = PatchTable.waiting(handle, offer.workspace());
        if (waiting >= mostWaiting && offer.end().isEmpty()) {
            return new Acceptance.Full(waiting);
        }
        PatchStatus status = offer.end().map(Receipt::outcome).orElse(PatchStatus.QUEUED);
        String reason = offer.end().map(Receipt::reason).orElse("it waits for its turn in the workspace");
        Entry entry = PatchTable.insert(handle, offer, status, reason, clock.instant());
        events.append(handle, entry, offer.end());
        CrashPoint.RUNNER_JOURNALLING.reached();
        return new Acceptance.Journalled(entry);
    }

    private Optional<Entry> move(Entry entry, PatchStatus next, String reason, Optional<Receipt> receipt, int attempt) {
        Optional<Entry> moved = database.write(handle -> {
            Optional<Entry> after = PatchTable.move(handle, entry, next, reason, attempt);
            after.ifPresent(changedTo -> events.append(handle, changedTo, receipt));
            return after;
        });
        changed.raise();
        return moved;
    }

    private static IllegalStateException movedBySomebodyElse(Entry entry) {
        return new IllegalStateException(entry.id() + " is no longer " + entry.status() + "; somebody else moved it");
    }
}
