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
    private final Signal changed;
    private final Clock clock;

    public ApprovalLog(SqliteDatabase database, EventLog events, Signal changed, Clock clock) {
        this.database = database;
        this.events = events;
        this.changed = changed;
        this.clock = clock;
    }

    /** A held patch takes its place behind all that wait; empty if nobody may decide about it any more. */
    public Optional<Entry> approveHeld(Entry entry, Made made) {
        return deciding(entry, made, State.DONE, (handle, decided) -> {
            long last = handle.createQuery("SELECT max(seq) FROM patches")
                    .mapTo(Long.class)
                    .one();
            return move(
                    handle,
                    decided,
                    NextState.to(PatchStatus.QUEUED, made.words(), entry.attempt())
                            .behind(last),
                    Optional.empty());
        });
    }

    /** A proposal is to be committed when its turn comes; empty if nobody may decide about it any more. */
    public Optional<Entry> approveProposed(Entry entry, Made made) {
        return deciding(
                entry,
                made,
                State.WAITING,
                (handle, decided) -> handle.createQuery(
                                "UPDATE patches SET decide_by = NULL WHERE seq = :seq RETURNING *")
                        .bind("seq", decided.seq())
                        .map(Stored::entry)
                        .findFirst());
    }

    /** Ends a patch as its receipt says; empty if nobody may decide about it any more. */
    public Optional<Entry> deny(Entry entry, Made made, Receipt receipt) {
        return deciding(entry, made, State.DONE, (handle, decided) -> end(handle, decided, receipt));
    }

    /** Ends a patch about which nobody decided in time; empty if somebody did, or its time is not over. */
    public Optional<Entry> expire(Entry entry, Receipt receipt) {
        Optional<Entry> expired = database.write(handle -> current(handle, entry)
                .filter(now -> now.decideBy()
                        .filter(by -> !by.isAfter(clock.instant()))
                        .isPresent())
                .flatMap(now -> end(handle, now, receipt)));
        changed.raise();
        return expired;
    }

    /** What was decided about a patch last. */
    public Optional<Decision> last(Entry entry) {
        return database.read(handle -> DecisionTable.last(handle, entry));
    }

    /** Whether somebody approved that it runs. */
    public boolean isApprovedToRun(Entry entry) {
        return database.read(handle -> DecisionTable.isApprovedToRun(handle, entry));
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
    public List<Entry> overdue(int most) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches WHERE decide_by IS NOT NULL AND decide_by <= :now
                        ORDER BY decide_by LIMIT :most
                        """)
                .bind("now", clock.millis())
                .bind("most", most)
                .map(Stored::entry)
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
    public Entry finished(Decision decision, Entry entry, Receipt receipt) {
        Optional<Entry> ended = database.write(handle -> {
            DecisionTable.move(handle, decision, State.DONE);
            return end(handle, entry, receipt);
        });
        changed.raise();
        return ended.orElseThrow(() -> new IllegalStateException(entry.id() + " is no longer proposed"));
    }

    private interface Deciding {
        Optional<Entry> decide(Handle handle, Entry entry);
    }

    private Optional<Entry> deciding(Entry entry, Made made, State state, Deciding deciding) {
        Instant at = clock.instant();
        Optional<Entry> decided = database.write(handle -> current(handle, entry)
                .filter(now -> now.decideBy().filter(at::isBefore).isPresent())
                .flatMap(now -> {
                    DecisionTable.insert(handle, now, made, state, at);
                    return deciding.decide(handle, now);
                }));
        changed.raise();
        return decided;
    }

    /** The entry as it is, if it is in the state in which it was seen. */
    private static Optional<Entry> current(Handle handle, Entry seen) {
        return PatchTable.find(handle, seen.id())
                .filter(now -> now.status() == seen.status() && now.attempt() == seen.attempt());
    }

    private Optional<Entry> end(Handle handle, Entry entry, Receipt receipt) {
        NextState step = NextState.to(receipt.outcome(), receipt.reason(), entry.attempt());
        return move(handle, entry, step, Optional.of(receipt));
    }

    private Optional<Entry> move(Handle handle, Entry entry, NextState step, Optional<Receipt> receipt) {
        Optional<Entry> moved = PatchTable.move(handle, entry, events.shown(entry, step));
        moved.ifPresent(now -> events.append(handle, now, receipt));
        return moved;
    }
}
