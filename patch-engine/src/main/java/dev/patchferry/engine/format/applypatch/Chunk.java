package dev.patchferry.engine.format.applypatch;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.HunkLines;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.HunkPosition;
import dev.patchferry.engine.plan.LineHunk;
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
    /** The header of a unified diff's hunk, which senders write here, too, or no more than a line's number. */
    private static final Pattern NUMBERS = Pattern.compile(
            "@@ (?:-(\\d+)(?:,\\d+)? \\+\\d+(?:,\\d+)? @@(.*)|(?:[Ll]ines? |L)?(\\d+)(?:[,-]\\d+)?(?: @@)?)");

    private final PatchLines lines;
    private final String name;
    private final List<String> anchors = new ArrayList<>();
    private OptionalInt statedLine = OptionalInt.empty();

    Chunk(PatchLines lines, int number) {
        this.lines = lines;
        this.name = "chunk " + number + " (line " + lines.number() + " of the patch)";
    }

    String name() {
        return name;
    }

    /** The chunk; empty if it changes nothing. */
    Optional<LineHunk> read() {
        while (lines.peek().startsWith(ANCHOR)) {
            readAnchor(lines.read());
        }
        HunkLines body = new HunkLines();
        while (!lines.atEnd() && !lines.peek().startsWith(ANCHOR) && !ApplyPatch.endsChunk(lines)) {
            int number = lines.number();
            body.add(lines.read(), number);
        }
        body.dropBlankEnd();
        body.doubtful().ifPresent(line -> {
            throw new Fault(
                    line,
                    "this line begins with none of space, + and -, so it cannot be told whether it stays, comes or goes;"
                            + " give it its mark");
        });
        if (!body.sayChange() && body.size() > 0) {
            throw lines.fault(name + " has no line that begins with + or -; if one lost its mark, send it again");
        }
        boolean atEnd = lines.peek().strip().equals(END_OF_FILE);
        if (atEnd) {
            lines.skip(1);
        }
        return body.changeSomething() ? Optional.of(new LineHunk(name, body.toList(), where(atEnd))) : Optional.empty();
    }

    private void readAnchor(String line) {
        Matcher numbers = NUMBERS.matcher(line.stripTrailing());
        String anchor = line.substring(ANCHOR.length());
        if (numbers.matches()) {
            statedLine = lineNumber(numbers.group(1) == null ? numbers.group(3) : numbers.group(1));
            anchor = numbers.group(2) == null ? "" : numbers.group(2);
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

    private HunkPosition where(boolean atEnd) {
        return statedLine.isPresent() && anchors.isEmpty() && !atEnd
                ? new HunkPosition.Stated(statedLine, false, "")
                : new HunkPosition.Anchored(anchors, atEnd);
    }
}
