package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkLine;
import dev.patchferry.engine.plan.HunkPosition;
import dev.patchferry.engine.plan.LineHunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hunk without the blank old lines at its two ends, which senders see where a file begins, ends or has none. A blank
 * line that was to be replaced with a blank one goes with it. Diffs are made by tools, which see no lines that are not
 * there.
 *
 * @param core what is left of the hunk
 * @param removesBlanks whether blank lines were to go, so that there must be none where it stands
 */
record BlankEdges(LineHunk core, boolean removesBlanks) {
    /** The hunk without them; empty if it has none, or nothing else. */
    static Optional<BlankEdges> without(LineHunk hunk) {
        if (hunk.where() instanceof HunkPosition.Stated) {
            return Optional.empty();
        }
        List<HunkLine> lines = withoutLast(withoutLast(hunk.lines()).reversed()).reversed();
        boolean isHunk = lines.stream().anyMatch(HunkLine::isOld)
                && lines.stream().anyMatch(line -> line.kind() != HunkLine.Kind.KEEP);
        return isHunk && lines.size() < hunk.lines().size()
                ? Optional.of(new BlankEdges(
                        new LineHunk(hunk.name(), lines, hunk.where()), count(hunk.lines()) != count(lines)))
                : Optional.empty();
    }

    /** By how many lines a file grows. */
    private static int count(List<HunkLine> lines) {
        return lines.stream()
                .mapToInt(line -> (line.isNew() ? 1 : 0) - (line.isOld() ? 1 : 0))
                .sum();
    }

    private static List<HunkLine> withoutLast(List<HunkLine> lines) {
        int end = lines.size();
        while (end > 0 && (!lines.get(end - 1).isOld() || isBlank(lines.get(end - 1)))) {
            end--;
        }
        List<HunkLine> kept = new ArrayList<>(lines.subList(0, end));
        List<HunkLine> behind = lines.subList(end, lines.size());
        behind.stream().filter(line -> !line.isOld()).forEach(kept::add);
        long gone = behind.stream()
                .filter(line -> line.kind() == HunkLine.Kind.REMOVE)
                .count();
        for (long i = 0; i < gone && kept.size() > end && isBlank(kept.getLast()); i++) {
            kept.removeLast();
        }
        return kept;
    }

    private static boolean isBlank(HunkLine line) {
        return line.text().isBlank();
    }

    /** Whether it may stand here. */
    boolean fits(FileLines file, int start, int end) {
        boolean blankBefore = start > 0 && file.line(start - 1).isBlank();
        boolean blankBehind = end < file.count() && file.line(end).isBlank();
        return !removesBlanks || !(blankBefore || blankBehind);
    }
}
