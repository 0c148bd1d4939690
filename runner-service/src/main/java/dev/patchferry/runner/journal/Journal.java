package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.sqlite.DatabaseSchema;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.journal.Offer.Beginning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Writes what is decided about patches; each method returns when that is on disk. Every
 * change of a patch goes together with its event, and neither shows a secret. Safe for use by several threads.
 */
public final class Journal {
    /** That a journal was lost or exchanged is found out by whoever reads it: it does not know their cursors. */
    public static final DatabaseSchema SCHEMA = new DatabaseSchema("classpath:db/journal", 8, Optional.empty());

    private final SqliteDatabase database;
    private final EventLog events;
    private final Signal changed;
    private final Signal undecided = new Signal();
    private final Clock clock;
    private final Duration patience;

    /**
     * Writes into a database.
     *
     * @param patience how long a patch waits for a decision about it
     */
    public Journal(SqliteDatabase database, EventLog events, Signal changed, Clock clock, Duration patience) {
        this.database = database;
        this.events = events;
        this.changed = changed;
        this.clock = clock;
        this.patience = patience;
    }

    /** Until when somebody may decide about a patch that begins to wait for that now. */
    public Instant decideBy() {
        return clock.instant().plus(patience);
    }

    /** Raised whenever a patch begins to wait for a decision. */
    public Signal undecided() {
        return undecided;
    }

    /**
     * Takes a patch in, or says why not. Idempotent by id and content. One that would be held while as many of its sender's
     * are as may ends at once: it must not wait at the head of its lane.
     *
     * @param mostWaiting how many patches may wait in one workspace for their turn, and how many of one sender's there for
     *     an approval
     */
    public Acceptance accept(Offer offer, int mostWaiting) {
        Acceptance acceptance = database.write(handle -> accept(handle, offer, mostWaiting));
        if (acceptance instanceof Acceptance.Journalled(Entry entry)) {
            raise(entry);
        }
        return acceptance;
    }

    /** The patch begins to run; empty if it waits no longer. */
    public Optional<Entry> started(Entry entry) {
        return move(
                entry, NextState.to(PatchStatus.RUNNING, "it is being executed", entry.attempt()), Optional.empty());
    }

    /** Why the patches that wait for their turn in a workspace do so now; only those that say otherwise so far are changed. */
    public void waitingFor(WorkspaceName workspace, String reason) {
        boolean news = database.write(handle -> {
            List<Entry> changed = PatchTable.explain(handle, workspace, reason);
            changed.forEach(entry -> events.append(handle, entry, Optional.empty()));
            return !changed.isEmpty();
        });
        if (news) {
            changed.raise();
        }
    }

    /** A patch that waits is not to run, or to take effect, any more; empty if it waits no longer. */
    public Optional<Entry> cancelled(Entry entry, Receipt receipt) {
        return move(entry, ended(entry, receipt), Optional.of(receipt));
    }

    /** The patch has run and is about to be brought into the workspace. */
    public void committing(Entry entry, CommitRecord commit) {
        database.write(handle -> handle.createUpdate("UPDATE patches SET committing = :commit WHERE seq = :seq")
                .bind("commit", Stored.write(commit))
                .bind("seq", entry.seq())
                .execute());
    }

    /** The patch has ended, or waits with its receipt for a decision. */
    public Entry finished(Entry entry, Receipt receipt) {
        return move(entry, ended(entry, receipt), Optional.of(receipt)).orElseThrow(() -> movedBySomebodyElse(entry));
    }

    /** An interrupted patch is to run again, as a new attempt. */
    public Entry again(Entry entry, String reason) {
        return move(entry, NextState.to(PatchStatus.QUEUED, reason, entry.attempt() + 1), Optional.empty())
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
                        SELECT * FROM patches INDEXED BY patches_waiting
                        WHERE workspace = :workspace AND status = 'queued'
                        ORDER BY coalesce(turn, seq), turn IS NOT NULL, seq LIMIT 1
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
        return database.read(handle -> PatchTable.list(handle, status, workspace, before, most));
    }

    /** The patches that something happened to last and that are still kept whole. */
    public List<Entry> latest(int events) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches
                        WHERE seq IN (SELECT patch_seq FROM events ORDER BY number DESC LIMIT :events)
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
        return database.read(handle -> PatchTable.countQueued(handle, workspace));
    }

    /** What was sent, as JSON; empty once that has been dropped. */
    public String document(Entry entry) {
        return database.read(handle -> handle.createQuery("SELECT body FROM documents WHERE seq = :seq")
                .bind("seq", entry.seq())
                .mapTo(String.class)
                .findFirst()
                .orElse(""));
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
            return PatchTable.isSame(handle, known.get(), offer)
                    ? new Acceptance.Known(known.get())
                    : new Acceptance.Conflict(known.get());
        }
        if (offer.beginning() instanceof Beginning.Waits) {
            int waiting = PatchTable.countQueued(handle, offer.workspace());
            if (waiting >= mostWaiting) {
                return new Acceptance.Full(waiting);
            }
        }
        Offer taken = offer.beginning() instanceof Beginning.Held(String _, Receipt tooMany)
                        && PatchTable.countHeld(handle, offer) >= mostWaiting
                ? offer.over(tooMany)
                : offer;
        Entry entry = PatchTable.insert(handle, events.shown(taken), clock.instant(), deadline(taken.status()));
        events.append(handle, entry, taken.receipt());
        CrashPoint.RUNNER_JOURNALLING.reached();
        return new Acceptance.Journalled(entry);
    }

    private static NextState ended(Entry entry, Receipt receipt) {
        return NextState.to(receipt.outcome(), receipt.reason(), entry.attempt());
    }

    private Optional<Entry> move(Entry entry, NextState step, Optional<Receipt> receipt) {
        Optional<Entry> moved = database.write(handle -> {
            Optional<Entry> after =
                    PatchTable.move(handle, entry, events.shown(entry, step).decidedBy(deadline(step.status())));
            after.ifPresent(changedTo -> events.append(handle, changedTo, receipt));
            return after;
        });
        moved.ifPresentOrElse(this::raise, changed::raise);
        return moved;
    }

    private Optional<Instant> deadline(PatchStatus status) {
        return status.needsDecision() ? Optional.of(decideBy()) : Optional.empty();
    }

    private void raise(Entry entry) {
        changed.raise();
        if (entry.status().needsDecision()) {
            undecided.raise();
        }
    }

    private static IllegalStateException movedBySomebodyElse(Entry entry) {
        return new IllegalStateException(entry.id() + " is no longer " + entry.status() + "; somebody else moved it");
    }
}
