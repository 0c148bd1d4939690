package dev.patchferry.runner.format.applypatch;

import dev.patchferry.runner.format.text.HunkLines;
import dev.patchferry.runner.format.text.PatchLines;
import dev.patchferry.runner.plan.LineHunk;
import dev.patchferry.runner.plan.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a chunk: its anchors, then its lines. */
final class Chunk {
    private static final String ANCHOR = "@@";
    private static final String END_OF_FILE = "*** End of File";
    /** The header of a unified diff's hunk, which senders write here, too. */
    private static final Pattern NUMBERS = Pattern.compile("@@ -(\\d+)(?:,\\d+)? \\+\\d+(?:,\\d+)? @@(.*)");

    private final PatchLines lines;
    private final String name;
    private final List<String> anchors = new ArrayList<>();
    private OptionalInt statedLine = OptionalInt.empty();

    Chunk(PatchLines lines, int number) {
        this.lines = lines;
        this.name = "chunk " + number + " (line " + lines.number() + " of the patch)";
    }

    /** The chunk; empty if it changes nothing. */
    Optional<LineHunk> read() {
        while (lines.peek().startsWith(ANCHOR)) {
            readAnchor(lines.read());
        }
        HunkLines body = new HunkLines();
        while (!lines.atEnd() && !lines.peek().startsWith(ANCHOR) && !ApplyPatch.endsChunk(lines)) {
            body.add(lines.read());
        }
        body.dropUnmarkedEnd();
        boolean atEnd = lines.peek().strip().equals(END_OF_FILE);
        if (atEnd) {
            lines.skip(1);
        }
        return body.changeSomething() ? Optional.of(new LineHunk(name, body.toList(), where(atEnd))) : Optional.empty();
    }

    private void readAnchor(String line) {
        Matcher numbers = NUMBERS.matcher(line);
        String anchor = line.substring(ANCHOR.length());
        if (numbers.matches()) {
            statedLine = lineNumber(numbers.group(1));
            anchor = "";
        } else if (anchor.stripTrailing().endsWith(ANCHOR)) {
            anchor = anchor.stripTrailing();
            anchor = anchor.substring(0, anchor.length() - ANCHOR.length());
        }
        if (!anchor.isBlank() && !anchor.strip().equals("...")) {
            anchors.add(anchor.strip());
        }
    }

    private static OptionalInt lineNumber(String digits) {
        return digits.length() < 10 ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    private Where where(boolean atEnd) {
        return statedLine.isPresent() && anchors.isEmpty() && !atEnd
                ? new Where.Stated(statedLine, false, "")
                : new Where.Anchored(anchors, atEnd);
    }
}
