package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The content of a text file, ready to be edited: without its byte order mark, and when all its lines end in CRLF, with
 * line feeds alone, so that patterns need not care. {@link #encode} puts both back.
 *
 * @param text what is matched against
 * @param ending how the lines of the file end
 * @param marked whether the file begins with a byte order mark
 */
record TextFile(String text, LineEnding ending, boolean marked) {
    private static final String MARK = "\uFEFF";

    /** Reads the content of a file; empty when it is not UTF-8 or holds a NUL, as only binary files do. */
    static Optional<TextFile> decode(byte[] content) {
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        if (decoded.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        boolean marked = decoded.startsWith(MARK);
        String unmarked = marked ? decoded.substring(1) : decoded;
        LineEnding ending = LineEnding.of(unmarked);
        return Optional.of(
                new TextFile(ending == LineEnding.CRLF ? LineEnding.toLineFeeds(unmarked) : unmarked, ending, marked));
    }

    /** This file with another text. */
    TextFile with(String newText) {
        return new TextFile(newText, ending, marked);
    }

    /** The bytes of this file; empty when the text has no UTF-8. */
    Optional<Bytes> encode() {
        // Every line feed, even one after a lone carriage return: decode took exactly one return from each.
        String unmarked = ending == LineEnding.CRLF ? text.replace("\n", "\r\n") : text;
        try {
            ByteBuffer encoded =
                    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(marked ? MARK + unmarked : unmarked));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return Optional.of(Bytes.of(bytes));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
