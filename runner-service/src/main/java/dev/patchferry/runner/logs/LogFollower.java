package dev.patchferry.runner.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a log as it grows, in pieces of whole characters. Nobody who writes it waits for whoever reads it. What is not
 * UTF-8 becomes U+FFFD.
 */
public final class LogFollower {
    private static final int MOST = 16 << 10;
    private static final int LONGEST_CHARACTER = 4;

    private LogFollower() {}

    /**
     * A piece of a log.
     *
     * @param next the first byte after it
     */
    public record Piece(String text, long next) {}

    /**
     * What readers may see of a log from a byte on: at most 16 KiB, nothing if it is not that long yet. Once nothing more is
     * written, a character that is cut short at the end is told, too.
     */
    public static Piece read(RedactedLog log, long from) throws IOException {
        long size = log.size();
        if (size <= from) {
            return new Piece("", from);
        }
        long to = Math.min(from + MOST, size);
        byte[] bytes = log.read(from, to);
        int whole = log.settled() && to == size ? bytes.length : wholeCharacters(bytes);
        return new Piece(new String(bytes, 0, whole, StandardCharsets.UTF_8), from + whole);
    }

    /** How many bytes are there before a character that may still be going on. */
    private static int wholeCharacters(byte[] utf8) {
        for (int back = 1; back <= Math.min(LONGEST_CHARACTER, utf8.length); back++) {
            byte b = utf8[utf8.length - back];
            if ((b & 0xC0) == 0xC0) {
                boolean whole = back >= sequenceLength(b);
                return whole ? utf8.length : utf8.length - back;
            }
            if ((b & 0x80) == 0) {
                return utf8.length;
            }
        }
        return utf8.length;
    }

    private static int sequenceLength(byte first) {
        int lead = first & 0xFF;
        if (lead >= 0xF0) {
            return 4;
        }
        return lead >= 0xE0 ? 3 : 2;
    }
}
