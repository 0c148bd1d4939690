package dev.patchferry.runner.format.text;

import dev.patchferry.runner.plan.HunkLine;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a hunk as they are read: each says by its first character whether it stays, goes or comes. A line without
 * any of the three is taken for one that stays and lost its space, an empty one for an empty line that stays.
 */
public final class HunkLines {
    private final List<HunkLine> lines = new ArrayList<>();
    private int sure;

    /** Takes a line as it stands in the patch. */
    public void add(String line) {
        lines.add(read(line));
        if (isMarked(line)) {
            sure = lines.size();
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

    /** The line before is the last of its file and has no line feed. */
    public void unendLast() {
        if (!lines.isEmpty()) {
            lines.set(lines.size() - 1, lines.getLast().unended());
        }
    }

    /** Drops what stands after the last line that says what it is: it separates the hunk from what follows. */
    public void dropUnmarkedEnd() {
        lines.subList(sure, lines.size()).clear();
    }

    public boolean changeSomething() {
        return lines.stream().anyMatch(line -> line.kind() != HunkLine.Kind.KEEP);
    }

    public List<HunkLine> toList() {
        return List.copyOf(lines);
    }
}
