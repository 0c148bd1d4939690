package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.journal.Decision.Made;
import dev.patchferry.runner.journal.Decision.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes what people decide about patches that are held or proposed, and what comes of it; each method returns when that
 * is on disk. About each such state there is one decision, the first, and none once its time is over. Safe for use by
 * several threads.
 */
public final class ApprovalLog {
    private final SqliteDatabase database;
    private final EventLog events;
    private final ChangeCounter changed;
    private final Clock clock;

    public ApprovalLog(SqliteDatabase database, EventLog events, ChangeCounter changed, Clock clock) {
        this.database = database;
        this.events = events;
        this.changed = changed;
        this.clock = clock;
    }

    /** A held patch takes its place behind all that wait; empty if nobody may decide about it any more. */
    public Optional<JournaledPatch> approveHeld(JournaledPatch journaledPatch, Made made) {
        return deciding(journaledPatch, made, State.DONE, (handle, decided) -> {
            long last = handle.createQuery("SELECT max(seq) FROM patches")
                    .mapTo(Long.class)
                    .one();
            return move(
                    handle,
                    decided,
                    NextState.to(PatchStatus.QUEUED, made.words(), journaledPatch.attempt())
                            .behind(last),
                    Optional.empty());
        });
    }

    /** A proposal is to be committed when its turn comes; empty if nobody may decide about it any more. */
    public Optional<JournaledPatch> approveProposed(JournaledPatch journaledPatch, Made made) {
        return deciding(
                journaledPatch,
                made,
                State.WAITING,
                (handle, decided) -> handle.createQuery(
                                "UPDATE patches SET decide_by = NULL WHERE seq = :seq RETURNING *")
                        .bind("seq", decided.seq())
                        .map(RowMappers::entry)
                        .findFirst());
    }

    /** Ends a patch as its receipt says; empty if nobody may decide about it any more. */
    public Optional<JournaledPatch> deny(JournaledPatch journaledPatch, Made made, Receipt receipt) {
        return deciding(journaledPatch, made, State.DONE, (handle, decided) -> end(handle, decided, receipt));
    }

    /** Ends a patch about which nobody decided in time; empty if somebody did, or its time is not over. */
    public Optional<JournaledPatch> expire(JournaledPatch journaledPatch, Receipt receipt) {
        Optional<JournaledPatch> expired = database.write(handle -> current(handle, journaledPatch)
                .filter(now -> now.decideBy()
                        .filter(by -> !by.isAfter(clock.instant()))
                        .isPresent())
                .flatMap(now -> end(handle, now, receipt)));
        changed.raise();
        return expired;
    }

    /** What was decided about a patch last. */
    public Optional<Decision> last(JournaledPatch journaledPatch) {
        return database.read(handle -> DecisionTable.last(handle, journaledPatch));
    }

    /** Whether somebody approved that it runs. */
    public boolean isApprovedToRun(JournaledPatch journaledPatch) {
        return database.read(handle -> DecisionTable.isApprovedToRun(handle, journaledPatch));
    }

    /** When the time for the next decision is over, if any is awaited. */
    public Optional<Instant> nextDeadline() {
        return database.read(handle -> handle.createQuery(
                        "SELECT decide_by FROM patches WHERE decide_by IS NOT NULL ORDER BY decide_by LIMIT 1")
                .mapTo(Long.class)
                .findFirst()
                .map(Instant::ofEpochMilli));
    }

    /** The patches whose time is over, at most this many. */
    public List<JournaledPatch> overdue(int most) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches WHERE decide_by IS NOT NULL AND decide_by <= :now
                        ORDER BY decide_by LIMIT :most
                        """)
                .bind("now", clock.millis())
                .bind("most", most)
                .map(RowMappers::entry)
                .list());
    }

    /** The approval that is due next in a workspace. */
    public Optional<Decision> nextWaiting(WorkspaceName workspace) {
        return database.read(handle -> DecisionTable.nextWaiting(handle, workspace));
    }

    /** Every approval that has not been carried out. */
    public List<Decision> open() {
        return database.read(handle -> DecisionTable.inState(handle, State.WAITING, State.RUNNING));
    }

    /** It is being carried out, and from now on nobody can take the patch back; empty if somebody just did. */
    public Optional<Decision> started(Decision decision) {
        return database.write(handle -> DecisionTable.move(handle, decision, State.RUNNING));
    }

    /** It was cut short before anything was done and is to be carried out anew. */
    public void again(Decision decision) {
        database.write(handle -> DecisionTable.move(handle, decision, State.WAITING));
        changed.raise();
    }

    /** It has been carried out, with this end. */
    public JournaledPatch finished(Decision decision, JournaledPatch journaledPatch, Receipt receipt) {
        Optional<JournaledPatch> ended = database.write(handle -> {
            DecisionTable.move(handle, decision, State.DONE);
            return end(handle, journaledPatch, receipt);
        });
        changed.raise();
        return ended.orElseThrow(() -> new IllegalStateException(journaledPatch.id() + " is no longer proposed"));
    }

    private interface Deciding {
        Optional<JournaledPatch> decide(Handle handle, JournaledPatch journaledPatch);
    }

    private Optional<JournaledPatch> deciding(
            JournaledPatch journaledPatch, Made made, State state, Deciding deciding) {
        Instant at = clock.instant();
        Optional<JournaledPatch> decided = database.write(handle -> current(handle, journaledPatch)
                .filter(now -> now.decideBy().filter(at::isBefore).isPresent())
                .flatMap(now -> {
                    DecisionTable.insert(handle, now, made, state, at);
                    return deciding.decide(handle, now);
                }));
        changed.raise();
        return decided;
    }

    /** The entry as it is, if it is in the state in which it was seen. */
    private static Optional<JournaledPatch> current(Handle handle, JournaledPatch seen) {
        return JournaledPatchTable.find(handle, seen.id())
                .filter(now -> now.status() == seen.status() && now.attempt() == seen.attempt());
    }

    private Optional<JournaledPatch> end(Handle handle, JournaledPatch journaledPatch, Receipt receipt) {
        NextState step = NextState.to(receipt.outcome(), receipt.reason(), journaledPatch.attempt());
        return move(handle, journaledPatch, step, Optional.of(receipt));
    }

    private Optional<JournaledPatch> move(
            Handle handle, JournaledPatch journaledPatch, NextState step, Optional<Receipt> receipt) {
        Optional<JournaledPatch> moved =
                JournaledPatchTable.move(handle, journaledPatch, events.shown(journaledPatch, step));
        moved.ifPresent(now -> events.append(handle, now, receipt));
        return moved;
    }
}
