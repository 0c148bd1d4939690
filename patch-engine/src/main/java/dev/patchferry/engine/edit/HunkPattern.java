package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkLine;
import dev.patchferry.engine.plan.LineHunk;
import java.util.List;
import java.util.stream.Stream;

/**
 * A hunk, ready to be looked for.
 *
 * @param lines all its lines
 * @param before those that should be there now
 * @param after those that will be there
 */
record HunkPattern(LineHunk hunk, List<PatternLine> lines, List<PatternLine> before, List<PatternLine> after) {
    /** @throws EditLimitExceeded when a line has no UTF-8 */
    static HunkPattern of(LineHunk hunk) {
        return of(hunk, hunk.lines());
    }

    /** A part of a hunk. */
    static HunkPattern of(LineHunk hunk, List<HunkLine> part) {
        List<PatternLine> lines = PatternLine.of(part);
        return new HunkPattern(
                hunk,
                lines,
                lines.stream().filter(PatternLine::isOld).toList(),
                lines.stream().filter(PatternLine::isNew).toList());
    }

    /**
     * Lines that go or come in one place.
     *
     * @param from the first line of the file that goes, from 0, or before which lines come
     * @param to the line after the last that goes
     */
    record Change(int from, int to) {}

    /** What it changes if it stands here. */
    Stream<Change> changes(int start) {
        Stream.Builder<Change> changes = Stream.builder();
        int from = start;
        int to = start;
        boolean open = false;
        for (PatternLine line : lines) {
            if (line.kind() == HunkLine.Kind.KEEP) {
                if (open) {
                    changes.add(new Change(from, to));
                }
                from = to + 1;
                to = from;
                open = false;
            } else {
                open = true;
                to += line.isOld() ? 1 : 0;
            }
        }
        return open ? Stream.concat(changes.build(), Stream.of(new Change(from, to))) : changes.build();
    }

    /** How many lines it adds before the first that should be there. */
    int leadingAdditions() {
        return (int) lines.stream().takeWhile(line -> !line.isOld()).count();
    }

    boolean removes() {
        return lines.stream().anyMatch(line -> line.kind() == HunkLine.Kind.REMOVE);
    }

    /** Whether a line that stays says something, so that what changes has a place of its own. */
    boolean hasTellingContext() {
        return lines.stream().filter(line -> line.kind() == HunkLine.Kind.KEEP).anyMatch(PatternLine::isTelling);
    }

    /** Whether finding its new lines in a file would say that the change was made already. */
    boolean canBeRecognised() {
        boolean saysSomething =
                lines.stream().filter(line -> line.kind() == HunkLine.Kind.ADD).anyMatch(PatternLine::isTelling);
        boolean closesAGap = hunk.leadingContext() > 0
                && hunk.trailingContext() > 0
                && after.stream().filter(PatternLine::isTelling).count() > 1;
        return saysSomething || closesAGap;
    }
}
