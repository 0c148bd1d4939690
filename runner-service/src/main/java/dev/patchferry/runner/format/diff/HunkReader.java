package dev.patchferry.runner.format.diff;

import dev.patchferry.runner.format.text.HunkLines;
import dev.patchferry.runner.format.text.PatchLines;
import dev.patchferry.runner.plan.LineHunk;
import dev.patchferry.runner.plan.Where;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads one hunk. Its counts say where it ends, if they can be right; else it ends where something else begins. */
final class HunkReader {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+.*");
    private static final Pattern FENCE = Pattern.compile("(?:`{3,}|~{3,})\\w*\\s*");

    private final PatchLines lines;
    private final HunkHeader header;
    private final HunkLines body = new HunkLines();

    private HunkReader(PatchLines lines, HunkHeader header) {
        this.lines = lines;
        this.header = header;
    }

    /** A hunk as it stands in the diff. */
    record Read(HunkHeader header, HunkLines body, boolean countsHold, int line) {
        /** The hunk; empty if it changes nothing. */
        Optional<LineHunk> hunk(int number) {
            String name = "hunk " + number + " (" + PatchLines.shown(header.text()) + ")";
            return body.changeSomething()
                    ? Optional.of(new LineHunk(
                            name, body.toList(), new Where.Stated(header.line(), countsHold, header.heading())))
                    : Optional.empty();
        }
    }

    /** Reads the hunk whose header is the next line. */
    static Read read(PatchLines lines) {
        int number = lines.number();
        return read(lines, HunkHeader.read(lines), number);
    }

    /** Reads a hunk that begins right under the names of its file. */
    static Read readWithoutHeader(PatchLines lines) {
        return read(lines, HunkHeader.MISSING, lines.number());
    }

    private static Read read(PatchLines lines, HunkHeader header, int number) {
        HunkReader reader = new HunkReader(lines, header);
        boolean countsHold = reader.readBody();
        return new Read(reader.header, reader.body, countsHold, number);
    }

    static boolean beginsHunk(String line) {
        return line.startsWith("@@");
    }

    /** Whether what is said of a file begins after so many lines. */
    static boolean beginsFile(PatchLines lines, int ahead) {
        return lines.peek(ahead).startsWith("diff --git ")
                || (lines.peek(ahead).startsWith("--- ")
                        && lines.peek(ahead + 1).startsWith("+++ "));
    }

    private boolean readBody() {
        OptionalInt length = lengthByCounts();
        if (length.isPresent()) {
            take(length.getAsInt());
            return true;
        }
        while (!lines.atEnd() && !somethingElseBegins(0)) {
            take(1);
        }
        body.dropUnmarkedEnd();
        return false;
    }

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            String line = lines.read();
            if (line.startsWith("\\")) {
                body.unendLast();
            } else {
                body.add(line);
            }
        }
    }

    /** How many lines the hunk has by its counts; empty if they do not fit what stands there. */
    private OptionalInt lengthByCounts() {
        if (header.oldCount().isEmpty() || header.newCount().isEmpty()) {
            return OptionalInt.empty();
        }
        int old = header.oldCount().getAsInt();
        int fresh = header.newCount().getAsInt();
        int ahead = 0;
        while (old > 0 || fresh > 0 || lines.peek(ahead).startsWith("\\")) {
            String line = lines.peek(ahead);
            char sign = line.isEmpty() ? ' ' : line.charAt(0);
            if (!lines.has(ahead) || " +-\\".indexOf(sign) < 0) {
                return OptionalInt.empty();
            }
            old -= sign == ' ' || sign == '-' ? 1 : 0;
            fresh -= sign == ' ' || sign == '+' ? 1 : 0;
            ahead++;
        }
        return old == 0 && fresh == 0 && !goesOn(ahead) ? OptionalInt.of(ahead) : OptionalInt.empty();
    }

    /** Whether more of the hunk follows than its counts say. */
    private boolean goesOn(int from) {
        int ahead = from;
        while (lines.has(ahead) && lines.peek(ahead).isEmpty()) {
            ahead++;
        }
        if (somethingElseBegins(ahead)) {
            return false;
        }
        String line = lines.peek(ahead);
        // Behind an empty line, a dash is more likely a list's than a hunk's.
        return line.startsWith("+") || line.startsWith(" ") || (line.startsWith("-") && ahead == from);
    }

    private boolean somethingElseBegins(int ahead) {
        String line = lines.peek(ahead);
        return beginsHunk(line)
                || beginsFile(lines, ahead)
                || line.startsWith("Index: ")
                || line.startsWith("GIT binary patch")
                || FENCE.matcher(line).matches()
                || line.equals("*** End Patch")
                || endsMail(ahead);
    }

    /** The line of two dashes above the version of git that a mailed patch ends with. */
    private boolean endsMail(int ahead) {
        return (lines.peek(ahead).equals("-- ") || lines.peek(ahead).equals("--"))
                && VERSION.matcher(lines.peek(ahead + 1)).matches();
    }
}
