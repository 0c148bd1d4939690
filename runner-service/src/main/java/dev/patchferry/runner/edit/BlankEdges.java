package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.HunkLine;
import dev.patchferry.runner.plan.LineHunk;
import dev.patchferry.runner.plan.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A hunk without the blank old lines at its two ends, which senders see where a file begins, ends or has none. A blank
 * line that was to be replaced with a blank one goes with it.
 */
final class BlankEdges {
    private BlankEdges() {}

    /** The hunk without them; empty if it has none, or nothing else. */
    static Optional<LineHunk> without(LineHunk hunk) {
        List<HunkLine> lines = withoutLast(withoutLast(hunk.lines()).reversed()).reversed();
        boolean isHunk = lines.stream().anyMatch(HunkLine::isOld)
                && lines.stream().anyMatch(line -> line.kind() != HunkLine.Kind.KEEP);
        return isHunk && lines.size() < hunk.lines().size()
                ? Optional.of(new LineHunk(hunk.name(), lines, elsewhere(hunk.where())))
                : Optional.empty();
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

    /** The stated line is that of a line that may be gone, and fewer lines of context prove less. */
    private static Where elsewhere(Where where) {
        return switch (where) {
            case Where.Stated stated -> new Where.Stated(OptionalInt.empty(), false, stated.heading());
            case Where.Anchored anchored -> anchored;
            case Where.Anywhere anywhere -> anywhere;
        };
    }
}
