package dev.patchferry.engine.edit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** The hunks that found their place in one state of a file, and what they make of it. */
final class ResolvedHunks {
    private final List<Splice> splices = new ArrayList<>();
    private final BitSet removed = new BitSet();
    private final BitSet insertionPoints = new BitSet();
    private int endOfMatch;
    private int endOfChange;
    private boolean ended;

    ResolvedHunks(FileLines file) {
        this.ended = file.isEnded();
    }

    /** Whether a hunk may stand here: nothing that it is about is taken by another one. */
    boolean allows(int start, HunkPattern hunkPattern) {
        if (hunkPattern.before().isEmpty()) {
            return start == 0 || !removed.get(start - 1) || !removed.get(start);
        }
        int taken = removed.nextSetBit(start);
        return (taken < 0 || taken >= start + hunkPattern.before().size())
                && hunkPattern.changes(start).noneMatch(this::holdsAnInsertion);
    }

    /** Lines that were put between those that go, or where other lines come, would have no place of their own. */
    private boolean holdsAnInsertion(HunkPattern.Change change) {
        int point = insertionPoints.nextSetBit(change.from() == change.to() ? change.from() : change.from() + 1);
        return point >= 0 && (point < change.to() || (change.from() == change.to() && point == change.from()));
    }

    void add(int start, HunkPattern hunkPattern, List<Splice> made, boolean endedAfterwards) {
        splices.addAll(made);
        for (Splice splice : made) {
            removed.set(splice.at(), splice.at() + splice.removed());
            if (splice.removed() == 0) {
                insertionPoints.set(splice.at());
            }
            endOfChange = splice.at() + splice.removed();
        }
        endOfMatch = start + hunkPattern.before().size();
        ended = endedAfterwards;
    }

    boolean isEmpty() {
        return splices.isEmpty();
    }

    /** The line after the last one that the latest hunk is about. */
    int endOfMatch() {
        return endOfMatch;
    }

    /** The line after the last one that the latest hunk changes. */
    int endOfChange() {
        return endOfChange;
    }

    /** Whether the file will end in a line feed. */
    boolean ended() {
        return ended;
    }

    /** Which line of the file, from 0, this one will be; empty if it goes. */
    OptionalInt moved(int line) {
        int moved = line;
        for (Splice splice : splices) {
            int end = splice.at() + splice.removed();
            if (splice.at() <= line && line < end) {
                return OptionalInt.empty();
            }
            moved += end <= line ? splice.added().size() - splice.removed() : 0;
        }
        return OptionalInt.of(moved);
    }

    /** What is to be done, from the first line to the last; what is put before lines that go comes first. */
    List<Splice> inOrder() {
        return splices.stream()
                .sorted(Comparator.comparingInt(Splice::at).thenComparing(splice -> splice.removed() > 0))
                .toList();
    }
}
