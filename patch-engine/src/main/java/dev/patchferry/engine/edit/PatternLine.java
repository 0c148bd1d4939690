package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkLine;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A line of a hunk as bytes. */
final class PatternLine {
    private final HunkLine line;
    private final Slice bytes;

    private PatternLine(HunkLine line, Slice bytes) {
        this.line = line;
        this.bytes = bytes;
    }

    /** @throws EditLimitExceeded when a line has no UTF-8 */
    static List<PatternLine> of(List<HunkLine> lines) {
        return lines.stream().map(PatternLine::of).toList();
    }

    private static PatternLine of(HunkLine line) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(line.text()));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return new PatternLine(line, Slice.of(bytes));
        } catch (CharacterCodingException e) {
            throw new EditLimitExceeded("a line of the patch holds half a surrogate pair, which is not Unicode text");
        }
    }

    HunkLine.Kind kind() {
        return line.kind();
    }

    boolean isOld() {
        return line.isOld();
    }

    boolean isNew() {
        return line.isNew();
    }

    boolean isEnded() {
        return line.ended();
    }

    Slice bytes() {
        return bytes;
    }

    /** What of it must be the same in a file. */
    Slice key(MatchLevel matchLevel) {
        return matchLevel.key(bytes);
    }

    /** Whether it says something: a lone bracket stands everywhere. */
    boolean isTelling() {
        return line.text().codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
