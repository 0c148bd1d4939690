package dev.patchferry.engine.plan;

/**
 * One line of a {@link LineHunk}.
 *
 * @param text the line without its line feed; a carriage return before that is part of it
 * @param ended whether a line feed follows; only the last line of a file has none
 */
public record HunkLine(Kind kind, String text, boolean ended) {
    /** What becomes of a line. */
    public enum Kind {
        KEEP,
        REMOVE,
        ADD
    }

    public HunkLine {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line holds no line feed");
        }
    }

    public static HunkLine keep(String text) {
        return new HunkLine(Kind.KEEP, text, true);
    }

    public static HunkLine remove(String text) {
        return new HunkLine(Kind.REMOVE, text, true);
    }

    public static HunkLine add(String text) {
        return new HunkLine(Kind.ADD, text, true);
    }

    /** The same line as the last of a file that does not end in a line feed. */
    public HunkLine unended() {
        return new HunkLine(kind, text, false);
    }

    /** Whether the line is there before the change. */
    public boolean isOld() {
        return kind != Kind.ADD;
    }

    /** Whether the line is there after the change. */
    public boolean isNew() {
        return kind != Kind.REMOVE;
    }
}
