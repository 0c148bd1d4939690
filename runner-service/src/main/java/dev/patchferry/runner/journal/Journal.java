package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.sqlite.DatabaseSchema;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.journal.PatchOffer.Beginning;
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
    private final ChangeCounter changed;
    private final ChangeCounter undecided = new ChangeCounter();
    private final Clock clock;
    private final Duration patience;

    /**
     * Writes into a database.
     *
     * @param patience how long a patch waits for a decision about it
     */
    public Journal(SqliteDatabase database, EventLog events, ChangeCounter changed, Clock clock, Duration patience) {
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
    public ChangeCounter undecided() {
        return undecided;
    }

    /**
     * Takes a patch in, or says why not. Idempotent by id and content. One that would be held while as many of its sender's
     * are as may ends at once: it must not wait at the head of its lane.
     *
     * @param mostWaiting how many patches may wait in one workspace for their turn, and how many of one sender's there for
     *     an approval
     */
    public OfferResult accept(PatchOffer patchOffer, int mostWaiting) {
        OfferResult offerResult = database.write(handle -> accept(handle, patchOffer, mostWaiting));
        if (offerResult instanceof OfferResult.Journalled(JournaledPatch journaledPatch)) {
            raise(journaledPatch);
        }
        return offerResult;
    }

    /** The patch begins to run; empty if it waits no longer. */
    public Optional<JournaledPatch> started(JournaledPatch journaledPatch) {
        return move(
                journaledPatch,
                NextState.to(PatchStatus.RUNNING, "it is being executed", journaledPatch.attempt()),
                Optional.empty());
    }

    /** Why the patches that wait for their turn in a workspace do so now; only those that say otherwise so far are changed. */
    public void waitingFor(WorkspaceName workspace, String reason) {
        boolean news = database.write(handle -> {
            List<JournaledPatch> changed = JournaledPatchTable.explain(handle, workspace, reason);
            changed.forEach(journaledPatch -> events.append(handle, journaledPatch, Optional.empty()));
            return !changed.isEmpty();
        });
        if (news) {
            changed.raise();
        }
    }

    /** A patch that waits is not to run, or to take effect, any more; empty if it waits no longer. */
    public Optional<JournaledPatch> cancelled(JournaledPatch journaledPatch, Receipt receipt) {
        return move(journaledPatch, ended(journaledPatch, receipt), Optional.of(receipt));
    }

    /** The patch has run and is about to be brought into the workspace. */
    public void committing(JournaledPatch journaledPatch, CommitRecord commit) {
        database.write(handle -> handle.createUpdate("UPDATE patches SET committing = :commit WHERE seq = :seq")
                .bind("commit", RowMappers.write(commit))
                .bind("seq", journaledPatch.seq())
                .execute());
    }

    /** The patch has ended, or waits with its receipt for a decision. */
    public JournaledPatch finished(JournaledPatch journaledPatch, Receipt receipt) {
        return move(journaledPatch, ended(journaledPatch, receipt), Optional.of(receipt))
                .orElseThrow(() -> movedBySomebodyElse(journaledPatch));
    }

    /** An interrupted patch is to run again, as a new attempt. */
    public JournaledPatch again(JournaledPatch journaledPatch, String reason) {
        return move(
                        journaledPatch,
                        NextState.to(PatchStatus.QUEUED, reason, journaledPatch.attempt() + 1),
                        Optional.empty())
                .orElseThrow(() -> movedBySomebodyElse(journaledPatch));
    }

    /** The patch with this id. */
    public Optional<JournaledPatch> find(PatchId id) {
        return database.read(handle -> JournaledPatchTable.find(handle, id));
    }

    /** The patch with this number. */
    public Optional<JournaledPatch> find(long seq) {
        return database.read(handle -> handle.createQuery("SELECT * FROM patches WHERE seq = :seq")
                .bind("seq", seq)
                .map(RowMappers::entry)
                .findFirst());
    }

    /** Patches in this state, oldest first. */
    public List<JournaledPatch> inStatus(PatchStatus status) {
        return database.read(handle -> JournaledPatchTable.inStatus(handle, List.of(status)));
    }

    /** What is running in a workspace. */
    public List<JournaledPatch> running(WorkspaceName workspace) {
        return inStatus(PatchStatus.RUNNING).stream()
                .filter(journaledPatch -> journaledPatch.workspace().equals(workspace))
                .toList();
    }

    /** The patch that has waited longest in a workspace. */
    public Optional<JournaledPatch> nextWaiting(WorkspaceName workspace) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches INDEXED BY patches_waiting
                        WHERE workspace = :workspace AND status = 'queued'
                        ORDER BY coalesce(turn, seq), turn IS NOT NULL, seq LIMIT 1
                        """)
                .bind("workspace", workspace.value())
                .map(RowMappers::entry)
                .findFirst());
    }

    /**
     * A page of patches, newest first.
     *
     * @param before only patches with a smaller number
     */
    public List<JournaledPatch> list(Optional<PatchStatus> status, Optional<String> workspace, long before, int most) {
        return database.read(handle -> JournaledPatchTable.list(handle, status, workspace, before, most));
    }

    /** The patches that something happened to last and that are still kept whole. */
    public List<JournaledPatch> latest(int events) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches
                        WHERE seq IN (SELECT patch_seq FROM events ORDER BY number DESC LIMIT :events)
                          AND dropped_at IS NULL
                        ORDER BY seq
                        """)
                .bind("events", events)
                .map(RowMappers::entry)
                .list());
    }

    /** The receipt of a patch's last attempt, once it ended. */
    public Optional<Receipt> receipt(JournaledPatch journaledPatch) {
        return events.receipt(journaledPatch);
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
        return database.read(handle -> JournaledPatchTable.countQueued(handle, workspace));
    }

    /** What was sent, as JSON; empty once that has been dropped. */
    public String document(JournaledPatch journaledPatch) {
        return database.read(handle -> handle.createQuery("SELECT body FROM documents WHERE seq = :seq")
                .bind("seq", journaledPatch.seq())
                .mapTo(String.class)
                .findFirst()
                .orElse(""));
    }

    /** The commit that was under way, if one was. */
    public Optional<CommitRecord> commitUnderWay(JournaledPatch journaledPatch) {
        return database.read(handle -> handle.createQuery(
                        "SELECT committing FROM patches WHERE seq = :seq AND committing IS NOT NULL")
                .bind("seq", journaledPatch.seq())
                .mapTo(String.class)
                .findFirst()
                .map(json -> RowMappers.read(json, CommitRecord.class)));
    }

    private OfferResult accept(Handle handle, PatchOffer patchOffer, int mostWaiting) {
        Optional<JournaledPatch> known = JournaledPatchTable.find(handle, patchOffer.id());
        if (known.isPresent()) {
            return JournaledPatchTable.isSame(handle, known.get(), patchOffer)
                    ? new OfferResult.Known(known.get())
                    : new OfferResult.Conflict(known.get());
        }
        if (patchOffer.beginning() instanceof Beginning.Waits) {
            int waiting = JournaledPatchTable.countQueued(handle, patchOffer.workspace());
            if (waiting >= mostWaiting) {
                return new OfferResult.Full(waiting);
            }
        }
        PatchOffer taken = patchOffer.beginning() instanceof Beginning.Held(String _, Receipt tooMany)
                        && JournaledPatchTable.countHeld(handle, patchOffer) >= mostWaiting
                ? patchOffer.over(tooMany)
                : patchOffer;
        JournaledPatch journaledPatch =
                JournaledPatchTable.insert(handle, events.shown(taken), clock.instant(), deadline(taken.status()));
        events.append(handle, journaledPatch, taken.receipt());
        CrashPoint.RUNNER_JOURNALLING.reached();
        return new OfferResult.Journalled(journaledPatch);
    }

    private static NextState ended(JournaledPatch journaledPatch, Receipt receipt) {
        return NextState.to(receipt.outcome(), receipt.reason(), journaledPatch.attempt());
    }

    private Optional<JournaledPatch> move(JournaledPatch journaledPatch, NextState step, Optional<Receipt> receipt) {
        Optional<JournaledPatch> moved = database.write(handle -> {
            Optional<JournaledPatch> after = JournaledPatchTable.move(
                    handle, journaledPatch, events.shown(journaledPatch, step).decidedBy(deadline(step.status())));
            after.ifPresent(changedTo -> events.append(handle, changedTo, receipt));
            return after;
        });
        moved.ifPresentOrElse(this::raise, changed::raise);
        return moved;
    }

    private Optional<Instant> deadline(PatchStatus status) {
        return status.needsDecision() ? Optional.of(decideBy()) : Optional.empty();
    }

    private void raise(JournaledPatch journaledPatch) {
        changed.raise();
        if (journaledPatch.status().needsDecision()) {
            undecided.raise();
        }
    }

    private static IllegalStateException movedBySomebodyElse(JournaledPatch journaledPatch) {
        return new IllegalStateException(
                journaledPatch.id() + " is no longer " + journaledPatch.status() + "; somebody else moved it");
    }
}
