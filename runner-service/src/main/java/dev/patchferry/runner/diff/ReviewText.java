package dev.patchferry.runner.diff;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as it can be put on a page or into a message: nothing in it moves a cursor, turns the direction of writing or is
 * invisible. Control characters and bytes that are no UTF-8 become {@code \x1b}, characters that format, that nobody sees
 * or that have no meaning yet {@code <U+202E>}. Line feeds and tabs stay.
 */
public final class ReviewText {
    private static final int DELETE = 0x7F;
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private ReviewText() {}

    /** Writes the whole text. */
    public static void write(byte[] text, OutputStream out) throws IOException {
        int at = 0;
        while (at < text.length) {
            int plain = at;
            while (plain < text.length && isPlain(text[plain])) {
                plain++;
            }
            out.write(text, at, plain - at);
            at = plain < text.length ? special(text, plain, out) : plain;
        }
    }

    private static boolean isPlain(byte b) {
        return b == '\n' || b == '\t' || (b >= ' ' && b != DELETE);
    }

    /** Writes one character that may have to be escaped; where it ends. */
    private static int special(byte[] text, int at, OutputStream out) throws IOException {
        int length = length(text[at] & 0xFF);
        if (length > 1 && at + length <= text.length) {
            byte[] bytes = Arrays.copyOfRange(text, at, at + length);
            String character = new String(bytes, StandardCharsets.UTF_8);
            if (Arrays.equals(character.getBytes(StandardCharsets.UTF_8), bytes)) {
                int code = character.codePointAt(0);
                out.write(isVisible(code) ? bytes : ascii("<U+%04X>".formatted(code)));
                return at + length;
            }
        }
        out.write(ascii("\\x%02x".formatted(text[at] & 0xFF)));
        return at + 1;
    }

    private static int length(int lead) {
        if (lead < FIRST_BEYOND_ASCII) {
            return 1;
        }
        if (lead >= 0xF0) {
            return 4;
        }
        return lead >= 0xE0 ? 3 : 2;
    }

    private static boolean isVisible(int code) {
        return switch (Character.getType(code)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> code == ' ';
            default -> !isBlankLetter(code) && !isVariation(code);
        };
    }

    /** Letters of which nothing is to be seen: Hangul fillers, the blank pattern of Braille, the grapheme joiner. */
    private static boolean isBlankLetter(int code) {
        return code == 0x115F || code == 0x1160 || code == 0x3164 || code == 0xFFA0 || code == 0x2800 || code == 0x34F;
    }

    private static boolean isVariation(int code) {
        return (code >= 0xFE00 && code <= 0xFE0F)
                || (code >= 0xE0100 && code <= 0xE01EF)
                || (code >= 0x180B && code <= 0x180F);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
