package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.HunkLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** The hunks that found their place in one state of a file, and what they make of it. */
final class Placed {
    private final List<Splice> splices = new ArrayList<>();
    private final BitSet removed = new BitSet();
    private final BitSet insertionPoints = new BitSet();
    private int endOfMatch;
    private int endOfChange;
    private boolean ended;

    Placed(FileLines file) {
        this.ended = file.isEnded();
    }

    /** Whether a hunk may stand here: nothing that it is about is taken by another one. */
    boolean allows(int start, Wanted wanted) {
        int taken = removed.nextSetBit(start);
        if (taken >= 0 && taken < start + wanted.before().size()) {
            return false;
        }
        int at = start;
        for (WantedLine line : wanted.lines()) {
            if (line.kind() == HunkLine.Kind.ADD && insertionPoints.get(at)) {
                return false;
            }
            at += line.isOld() ? 1 : 0;
        }
        return true;
    }

    void add(int start, Wanted wanted, List<Splice> made, boolean endedAfterwards) {
        splices.addAll(made);
        for (Splice splice : made) {
            removed.set(splice.at(), splice.at() + splice.removed());
            if (splice.removed() == 0) {
                insertionPoints.set(splice.at());
            }
            endOfChange = splice.at() + splice.removed();
        }
        endOfMatch = start + wanted.before().size();
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

    /** What is to be done, from the first line to the last. */
    List<Splice> inOrder() {
        return splices.stream().sorted(Comparator.comparingInt(Splice::at)).toList();
    }
}
