package dev.patchferry.engine.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lines to find in a file, and what becomes of each.
 *
 * @param name what a sender would know it by, such as {@code hunk 2 (@@ -10,3 +10,4 @@)}
 * @param lines in order; at least one is added or removed
 * @param where what is said about the place
 */
public record LineHunk(String name, List<HunkLine> lines, HunkPosition where) implements Hunk {
    public LineHunk {
        lines = List.copyOf(lines);
        if (lines.stream().allMatch(line -> line.kind() == HunkLine.Kind.KEEP)) {
            throw new IllegalArgumentException("a hunk that adds and removes nothing changes nothing");
        }
    }

    /**
     * Lines to be replaced with others; those that both have stay. Empty if they are the same.
     *
     * @param name what a sender would know it by
     */
    public static Optional<LineHunk> replacing(
            String name, List<String> old, List<String> fresh, HunkPosition hunkPosition) {
        return old.equals(fresh)
                ? Optional.empty()
                : Optional.of(new LineHunk(name, LineMerge.of(old, fresh), hunkPosition));
    }

    /** A text as lines; a line feed at its end begins no other. */
    public static List<String> linesOf(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        return lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    /** The lines as they should stand in the file now. */
    public List<HunkLine> before() {
        return lines.stream().filter(HunkLine::isOld).toList();
    }

    /** The lines as they will stand there. */
    public List<HunkLine> after() {
        return lines.stream().filter(HunkLine::isNew).toList();
    }

    /** How many lines of context come first. */
    public int leadingContext() {
        return (int) lines.stream().takeWhile(LineHunk::isContext).count();
    }

    /** How many lines of context come last. */
    public int trailingContext() {
        return (int) lines.reversed().stream().takeWhile(LineHunk::isContext).count();
    }

    @Override
    public String excerpt() {
        Predicate<HunkLine> changed = line -> !isContext(line) && !line.text().isBlank();
        String sample = lines.stream()
                .filter(changed)
                .findFirst()
                .map(line -> (line.isOld() ? "-" : "+") + Excerpt.of(line.text()))
                .orElse("blank lines");
        return name + " `" + sample + "`";
    }

    private static boolean isContext(HunkLine line) {
        return line.kind() == HunkLine.Kind.KEEP;
    }
}
