package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The chronicle in SQLite: the acceptances by {@code patch.seq}, all else by a number that states and notes share. */
final class SqliteChronicle implements Chronicle {
    private final SqliteDatabase database;

    SqliteChronicle(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public Place end() {
        return database.read(ChronicleTable::end);
    }

    @Override
    public Stretch after(Place place, int most) {
        return database.read(handle -> merged(
                place,
                new Part(ChronicleTable.acceptances(handle, place.accepted(), most), most),
                new Part(ChronicleTable.others(handle, place.number(), most), most)));
    }

    @Override
    public Stretch before(Place place, int most) {
        return database.read(handle -> mergedBackwards(
                place,
                new Part(ChronicleTable.acceptancesUntil(handle, place.accepted(), most), most),
                new Part(ChronicleTable.othersUntil(handle, place.number(), most), most)));
    }

    @Override
    public List<Happening> about(PatchId id) {
        return database.read(handle -> ChronicleTable.about(handle, id));
    }

    @Override
    public void note(List<Note> notes) {
        database.write(handle -> {
            notes.forEach(note -> ChronicleTable.note(handle, note));
            ChronicleTable.forgetOldRefusals(handle);
            return notes.size();
        });
    }

    /** Part of one of the two sequences. */
    private record Part(Deque<Happening> left, boolean full) {
        Part(List<Happening> happenings, int most) {
            this(new ArrayDeque<>(happenings), happenings.size() == most);
        }

        /** Whether something unknown may come next. */
        boolean isUsedUp() {
            return left.isEmpty() && full;
        }
    }

    /** In the order of time, but nothing of a patch before its acceptance. */
    private static Stretch merged(Place from, Part acceptances, Part others) {
        List<Placed> merged = new ArrayList<>();
        Place place = from;
        while (!acceptances.isUsedUp() && !others.isUsedUp()) {
            Optional<Happening> next = next(place, acceptances.left(), others.left());
            if (next.isEmpty()) {
                return new Stretch(merged, false);
            }
            place = place.with(next.get());
            merged.add(new Placed(next.get(), place));
        }
        return new Stretch(merged, true);
    }

    /** The same order from its end. */
    private static Stretch mergedBackwards(Place from, Part acceptances, Part others) {
        List<Placed> merged = new ArrayList<>();
        Place place = from;
        while (!acceptances.isUsedUp() && !others.isUsedUp()) {
            Optional<Happening> last = last(acceptances.left(), others.left());
            if (last.isEmpty()) {
                return new Stretch(merged, false);
            }
            place = place.with(last.get());
            merged.add(new Placed(last.get(), place));
            place = place.without(last.get());
        }
        return new Stretch(merged, true);
    }

    private static Optional<Happening> last(Deque<Happening> acceptances, Deque<Happening> others) {
        Optional<Happening> acceptance = Optional.ofNullable(acceptances.peek());
        Optional<Happening> other = Optional.ofNullable(others.peek());
        boolean otherLast = other.isPresent()
                && (acceptance.isEmpty()
                        || !other.get().at().isBefore(acceptance.get().at())
                        || follows(acceptance.get(), other.get()));
        return Optional.ofNullable(otherLast ? others.poll() : acceptances.poll());
    }

    private static boolean follows(Happening acceptance, Happening other) {
        return other instanceof Happening.Changed changed && changed.seq() >= acceptance.number();
    }

    private static Optional<Happening> next(Place place, Deque<Happening> acceptances, Deque<Happening> others) {
        Optional<Happening> acceptance = Optional.ofNullable(acceptances.peek());
        Optional<Happening> other = Optional.ofNullable(others.peek());
        boolean otherFirst = other.isPresent()
                && (acceptance.isEmpty()
                        || (!other.get().at().isAfter(acceptance.get().at()) && mayFollow(place, other.get())));
        return Optional.ofNullable(otherFirst ? others.poll() : acceptances.poll());
    }

    private static boolean mayFollow(Place place, Happening other) {
        return !(other instanceof Happening.Changed changed) || changed.seq() <= place.accepted();
    }
}
