package dev.patchferry.runner.diff;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the hunks of a file, with three lines around each change. Used once. */
final class Hunks {
    private static final int CONTEXT = 3;
    private static final byte[] NO_LINE_FEED = "\n\\ No newline at end of file\n".getBytes(StandardCharsets.US_ASCII);

    private final TextLines before;
    private final TextLines after;
    private final LineDiff diff;
    private final ByteArrayOutputStream out;

    private Hunks(TextLines before, TextLines after, LineDiff diff, ByteArrayOutputStream out) {
        this.before = before;
        this.after = after;
        this.diff = diff;
        this.out = out;
    }

    static void write(byte[] before, byte[] after, Pace pace, ByteArrayOutputStream out) {
        TextLines old = TextLines.of(before);
        TextLines now = TextLines.of(after);
        new Hunks(old, now, LineDiff.of(old, now, pace), out).write();
    }

    private void write() {
        int common = commonFrom(0, 0);
        int a = common;
        int b = common;
        while (a < before.count() || b < after.count()) {
            int[] end = endOfHunk(a, b);
            int lead = Math.min(CONTEXT, a);
            // What is common before a change is as long on both sides; a hunk never reaches into the one before it.
            hunk(a - lead, end[0], b - lead, end[1]);
            int skip = commonFrom(end[0], end[1]);
            a = end[0] + skip;
            b = end[1] + skip;
        }
    }

    private int commonFrom(int a, int b) {
        int common = 0;
        while (a + common < before.count()
                && b + common < after.count()
                && !diff.gone[a + common]
                && !diff.fresh[b + common]) {
            common++;
        }
        return common;
    }

    /** Where the hunk ends whose first change is here: changes with at most twice the context between them are one. */
    private int[] endOfHunk(int a, int b) {
        int i = a;
        int j = b;
        while (true) {
            while (i < before.count() && diff.gone[i]) {
                i++;
            }
            while (j < after.count() && diff.fresh[j]) {
                j++;
            }
            int common = commonFrom(i, j);
            boolean atEnd = i + common == before.count() && j + common == after.count();
            if (atEnd || common > 2 * CONTEXT) {
                int trail = Math.min(CONTEXT, common);
                return new int[] {i + trail, j + trail};
            }
            i += common;
            j += common;
        }
    }

    private void hunk(int aFrom, int aTo, int bFrom, int bTo) {
        text("@@ -" + range(aFrom, aTo) + " +" + range(bFrom, bTo) + " @@\n");
        int i = aFrom;
        int j = bFrom;
        while (i < aTo || j < bTo) {
            if (i < aTo && diff.gone[i]) {
                line('-', before, i++);
            } else if (j < bTo && diff.fresh[j]) {
                line('+', after, j++);
            } else {
                line(' ', before, i++);
                j++;
            }
        }
    }

    private static String range(int from, int to) {
        return (from == to ? from : from + 1) + "," + (to - from);
    }

    private void line(char mark, TextLines side, int line) {
        out.write(mark);
        side.writeLine(line, out);
        if (side.lacksLineFeed(line)) {
            out.writeBytes(NO_LINE_FEED);
        }
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
