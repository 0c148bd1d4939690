package dev.patchferry.engine.format.text;

import dev.patchferry.engine.plan.HunkLine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The lines of a hunk as they are read: each says by its first character whether it stays, goes or comes. A line without
 * any of the three is taken for one that stays and lost its space, if no other line of the hunk begins with one; beside
 * such lines it may just as well have lost a plus or a minus. An empty line is an empty line that stays.
 */
public final class HunkLines {
    private static final Pattern NO_LINE_FEED = Pattern.compile("\\\\ \\S.*");

    private final List<HunkLine> lines = new ArrayList<>();
    private final List<Integer> unmarked = new ArrayList<>();
    private int sure;
    private boolean spaced;
    private OptionalInt firstUnmarked = OptionalInt.empty();

    /**
     * Takes a line as it stands in the patch.
     *
     * @param number the line of the patch
     */
    public void add(String line, int number) {
        if (saysNoLineFeed(line)) {
            unendLast();
            return;
        }
        lines.add(read(line));
        if (isMarked(line)) {
            sure = lines.size();
            spaced |= line.charAt(0) == ' ' && !line.isBlank();
        } else if (!line.isEmpty()) {
            unmarked.add(lines.size() - 1);
            firstUnmarked = firstUnmarked.isPresent() ? firstUnmarked : OptionalInt.of(number);
        }
    }

    private static HunkLine read(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> HunkLine.add(line.substring(1));
            case '-' -> HunkLine.remove(line.substring(1));
            case ' ' -> HunkLine.keep(line.isEmpty() ? "" : line.substring(1));
            default -> HunkLine.keep(line);
        };
    }

    /** Whether a line says what it is. */
    public static boolean isMarked(String line) {
        return line.startsWith("+") || line.startsWith("-") || line.startsWith(" ");
    }

    /** Whether a line says that the one before has no line feed; a line of LaTeX says something else. */
    public static boolean saysNoLineFeed(String line) {
        return line.startsWith("\\") && NO_LINE_FEED.matcher(line).matches();
    }

    /** The line before is the last of its file and has no line feed. */
    private void unendLast() {
        if (!lines.isEmpty()) {
            lines.set(lines.size() - 1, lines.getLast().unended());
        }
    }

    /** Drops the blank lines at the end: they separate the hunk from what follows. */
    public void dropBlankEnd() {
        while (lines.size() > sure && lines.getLast().text().isBlank()) {
            lines.removeLast();
        }
    }

    /** How many lines at the end, blank ones aside, do not say what they are. */
    public int unmarkedAtEnd() {
        return (int) unmarked.stream().filter(at -> at >= sure).count();
    }

    /** The lines that say what they are, and those among them. */
    public HunkLines upToLastMarked() {
        HunkLines known = new HunkLines();
        known.lines.addAll(lines.subList(0, sure));
        unmarked.stream().filter(at -> at < sure).forEach(known.unmarked::add);
        known.sure = sure;
        known.spaced = spaced;
        known.firstUnmarked = known.unmarked.isEmpty() ? OptionalInt.empty() : firstUnmarked;
        return known;
    }

    /**
     * The line of the patch that may have lost its mark; empty if every line says what it is or the sender leaves out
     * the space of all that stay.
     */
    public OptionalInt doubtful() {
        boolean habit = !spaced && unmarked.stream().anyMatch(at -> at < sure);
        return habit ? OptionalInt.empty() : firstUnmarked;
    }

    public int size() {
        return lines.size();
    }

    public int oldCount() {
        return (int) lines.stream().filter(HunkLine::isOld).count();
    }

    public int newCount() {
        return (int) lines.stream().filter(HunkLine::isNew).count();
    }

    /** Whether a line is said to come or go, be it to the same effect. */
    public boolean sayChange() {
        return lines.stream().anyMatch(line -> line.kind() != HunkLine.Kind.KEEP);
    }

    /** Whether the lines afterwards are others than before. */
    public boolean changeSomething() {
        List<HunkLine> before = lines.stream().filter(HunkLine::isOld).toList();
        List<HunkLine> after = lines.stream().filter(HunkLine::isNew).toList();
        return before.size() != after.size()
                || IntStream.range(0, before.size()).anyMatch(i -> !areOneText(before.get(i), after.get(i)));
    }

    private static boolean areOneText(HunkLine one, HunkLine other) {
        return one.text().equals(other.text()) && one.ended() == other.ended();
    }

    public List<HunkLine> toList() {
        return List.copyOf(lines);
    }
}
