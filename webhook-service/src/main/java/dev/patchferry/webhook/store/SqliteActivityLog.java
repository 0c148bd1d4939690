package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The activity log in SQLite: the acceptances by {@code patch.seq}, all else by a number that states and notes share. */
final class SqliteActivityLog implements ActivityLog {
    private final SqliteDatabase database;

    SqliteActivityLog(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public FeedCursor end() {
        return database.read(ActivityTable::end);
    }

    @Override
    public Stretch after(FeedCursor feedCursor, int most) {
        return database.read(handle -> merged(
                feedCursor,
                new Part(ActivityTable.acceptances(handle, feedCursor.accepted(), most), most),
                new Part(ActivityTable.others(handle, feedCursor.number(), most), most)));
    }

    @Override
    public Stretch before(FeedCursor feedCursor, int most) {
        return database.read(handle -> mergedBackwards(
                feedCursor,
                new Part(ActivityTable.acceptancesUntil(handle, feedCursor.accepted(), most), most),
                new Part(ActivityTable.othersUntil(handle, feedCursor.number(), most), most)));
    }

    @Override
    public List<ActivityEvent> about(PatchId id) {
        return database.read(handle -> ActivityTable.about(handle, id));
    }

    @Override
    public void note(List<AuditEntry> notes) {
        database.write(handle -> {
            notes.forEach(auditEntry -> ActivityTable.note(handle, auditEntry));
            ActivityTable.forgetOldRefusals(handle);
            return notes.size();
        });
    }

    /** Part of one of the two sequences. */
    private record Part(Deque<ActivityEvent> left, boolean full) {
        Part(List<ActivityEvent> events, int most) {
            this(new ArrayDeque<>(events), events.size() == most);
        }

        /** Whether something unknown may come next. */
        boolean isUsedUp() {
            return left.isEmpty() && full;
        }
    }

    /** In the order of time, but nothing of a patch before its acceptance. */
    private static Stretch merged(FeedCursor from, Part acceptances, Part others) {
        List<PositionedEvent> merged = new ArrayList<>();
        FeedCursor feedCursor = from;
        while (!acceptances.isUsedUp() && !others.isUsedUp()) {
            Optional<ActivityEvent> next = next(feedCursor, acceptances.left(), others.left());
            if (next.isEmpty()) {
                return new Stretch(merged, false);
            }
            feedCursor = feedCursor.with(next.get());
            merged.add(new PositionedEvent(next.get(), feedCursor));
        }
        return new Stretch(merged, true);
    }

    /** The same order from its end. */
    private static Stretch mergedBackwards(FeedCursor from, Part acceptances, Part others) {
        List<PositionedEvent> merged = new ArrayList<>();
        FeedCursor feedCursor = from;
        while (!acceptances.isUsedUp() && !others.isUsedUp()) {
            Optional<ActivityEvent> last = last(acceptances.left(), others.left());
            if (last.isEmpty()) {
                return new Stretch(merged, false);
            }
            feedCursor = feedCursor.with(last.get());
            merged.add(new PositionedEvent(last.get(), feedCursor));
            feedCursor = feedCursor.without(last.get());
        }
        return new Stretch(merged, true);
    }

    private static Optional<ActivityEvent> last(Deque<ActivityEvent> acceptances, Deque<ActivityEvent> others) {
        Optional<ActivityEvent> acceptance = Optional.ofNullable(acceptances.peek());
        Optional<ActivityEvent> other = Optional.ofNullable(others.peek());
        boolean otherLast = other.isPresent()
                && (acceptance.isEmpty()
                        || !other.get().at().isBefore(acceptance.get().at())
                        || follows(acceptance.get(), other.get()));
        return Optional.ofNullable(otherLast ? others.poll() : acceptances.poll());
    }

    private static boolean follows(ActivityEvent acceptance, ActivityEvent other) {
        return other instanceof ActivityEvent.Changed changed && changed.seq() >= acceptance.number();
    }

    private static Optional<ActivityEvent> next(
            FeedCursor feedCursor, Deque<ActivityEvent> acceptances, Deque<ActivityEvent> others) {
        Optional<ActivityEvent> acceptance = Optional.ofNullable(acceptances.peek());
        Optional<ActivityEvent> other = Optional.ofNullable(others.peek());
        boolean otherFirst = other.isPresent()
                && (acceptance.isEmpty()
                        || (!other.get().at().isAfter(acceptance.get().at()) && mayFollow(feedCursor, other.get())));
        return Optional.ofNullable(otherFirst ? others.poll() : acceptances.poll());
    }

    private static boolean mayFollow(FeedCursor feedCursor, ActivityEvent other) {
        return !(other instanceof ActivityEvent.Changed changed) || changed.seq() <= feedCursor.accepted();
    }
}
