package dev.patchferry.runner.reads;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What bytes are as text. */
final class Utf8 {
    /** As git looks for a NUL. */
    private static final int PROBED = 8_000;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Utf8() {}

    /** Whether git would take it for binary. */
    static boolean isBinary(byte[] content, int length) {
        for (int i = 0; i < Math.min(length, PROBED); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    static String encoding(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
        } catch (CharacterCodingException e) {
            return "not utf-8";
        }
        boolean marked = content.length >= MARK.length
                && ByteBuffer.wrap(content, 0, MARK.length).equals(ByteBuffer.wrap(MARK));
        return marked ? "utf-8 with bom" : "utf-8";
    }

    /**
     * A part of a text that ends with a whole character.
     *
     * @param most how many bytes at most
     */
    static int wholeCharacters(byte[] text, int from, int most) {
        int end = Math.min(text.length, from + most);
        while (end < text.length && end > from && (text[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }

    static String decode(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
}
