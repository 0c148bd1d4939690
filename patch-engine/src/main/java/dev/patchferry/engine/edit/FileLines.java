package dev.patchferry.engine.edit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a file, cut into lines; nothing of them is copied. */
final class FileLines {
    /** What ends a line. */
    enum Breaks {
        LINE_FEED,
        /** A carriage return without a line feed ends a line, too. */
        LONE_RETURN_TOO
    }

    private final byte[] bytes;
    /** Where each line begins, and at the end the length of the file. */
    private final int[] starts;

    private final Breaks breaks;
    /** Counted when it is first asked for. */
    private @Nullable String usualEnding;

    private FileLines(byte[] bytes, int[] starts, Breaks breaks) {
        this.bytes = bytes;
        this.starts = starts;
        this.breaks = breaks;
    }

    static FileLines of(byte[] bytes, Breaks breaks) {
        int count = 1;
        for (int i = 0; i + 1 < bytes.length; i++) {
            count += endsLine(bytes, i, breaks) ? 1 : 0;
        }
        int[] starts = new int[bytes.length == 0 ? 1 : count + 1];
        int line = 1;
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (endsLine(bytes, i, breaks)) {
                starts[line++] = i + 1;
            }
        }
        starts[starts.length - 1] = bytes.length;
        return new FileLines(bytes, starts, breaks);
    }

    int count() {
        return starts.length - 1;
    }

    /** A line without what ends it; of CRLF only the line feed ends it, as git sees it. */
    Slice line(int index) {
        return new Slice(bytes, starts[index], starts[index + 1] - (isEnded(index) ? 1 : 0));
    }

    /** Lines that follow one another, with what ends them. */
    Slice whole(int from, int to) {
        return new Slice(bytes, starts[from], starts[to]);
    }

    /** In bytes. */
    int length() {
        return bytes.length;
    }

    /** Only the last line may be without an end. */
    boolean isEnded(int index) {
        byte last = bytes[starts[index + 1] - 1];
        return last == '\n' || (last == '\r' && (index < count() - 1 || breaks == Breaks.LONE_RETURN_TOO));
    }

    /** Whether the file ends as a text file should; an empty one counts as if it did. */
    boolean isEnded() {
        return count() == 0 || isEnded(count() - 1);
    }

    /** Whether these lines stand here, as a pass compares them. */
    boolean holds(int start, List<PatternLine> lines, MatchLevel matchLevel) {
        if (start < 0 || start + lines.size() > count()) {
            return false;
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!isSame(start + i, lines.get(i), matchLevel)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a line is this one, as a pass compares them; only byte for byte does it count whether it is ended. */
    boolean isSame(int index, PatternLine wanted, MatchLevel matchLevel) {
        return (matchLevel != MatchLevel.EXACT || isEnded(index) == wanted.isEnded())
                && matchLevel.key(line(index)).sameAs(wanted.key(matchLevel));
    }

    /** What ends most lines; of two that are as frequent, what ends the first. */
    String usualEnding() {
        if (usualEnding == null) {
            usualEnding = countEndings();
        }
        return usualEnding;
    }

    private String countEndings() {
        int feeds = 0;
        int pairs = 0;
        int returns = 0;
        for (int i = 0; i < count(); i++) {
            int end = starts[i + 1] - 1;
            returns += bytes[end] == '\r' && isEnded(i) ? 1 : 0;
            if (bytes[end] == '\n') {
                boolean pair = end > starts[i] && bytes[end - 1] == '\r';
                pairs += pair ? 1 : 0;
                feeds += pair ? 0 : 1;
            }
        }
        if (returns > pairs + feeds) {
            return "\r";
        }
        boolean firstIsPair =
                pairs > 0 && line(0).length() > line(0).withoutReturn().length();
        return pairs > feeds || (pairs == feeds && firstIsPair) ? "\r\n" : "\n";
    }

    /** All of it, as a person reads it. */
    String text() {
        return Slice.of(bytes).toString();
    }

    boolean hasLoneReturns() {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] != '\n') {
                return true;
            }
        }
        return false;
    }

    private static boolean endsLine(byte[] bytes, int at, Breaks breaks) {
        return bytes[at] == '\n' || (breaks == Breaks.LONE_RETURN_TOO && bytes[at] == '\r' && bytes[at + 1] != '\n');
    }
}
