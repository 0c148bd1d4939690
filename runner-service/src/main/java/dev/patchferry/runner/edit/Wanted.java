package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.HunkLine;
import dev.patchferry.runner.plan.LineHunk;
import java.util.List;

/**
 * A hunk, ready to be looked for.
 *
 * @param lines all its lines
 * @param before those that should be there now
 * @param after those that will be there
 */
record Wanted(LineHunk hunk, List<WantedLine> lines, List<WantedLine> before, List<WantedLine> after) {
    /** @throws Abandoned when a line has no UTF-8 */
    static Wanted of(LineHunk hunk) {
        List<WantedLine> lines = WantedLine.of(hunk.lines());
        return new Wanted(
                hunk,
                lines,
                lines.stream().filter(WantedLine::isOld).toList(),
                lines.stream().filter(WantedLine::isNew).toList());
    }

    /** How many lines it adds before the first that should be there. */
    int leadingAdditions() {
        return (int) lines.stream().takeWhile(line -> !line.isOld()).count();
    }

    boolean removes() {
        return lines.stream().anyMatch(line -> line.kind() == HunkLine.Kind.REMOVE);
    }

    /** Whether finding its new lines in a file would say that the change was made already. */
    boolean canBeRecognised() {
        boolean saysSomething =
                lines.stream().filter(line -> line.kind() == HunkLine.Kind.ADD).anyMatch(WantedLine::isTelling);
        boolean closesAGap = hunk.leadingContext() > 0
                && hunk.trailingContext() > 0
                && after.stream().filter(WantedLine::isTelling).count() > 1;
        return saysSomething || closesAGap;
    }
}
