package dev.patchferry.foundation.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line before a chunk (RFC 9112 section 7.1): its size, perhaps extensions. The framework's decoder counts in 32 bits,
 * and takes 100000005 for 5.
 */
final class ChunkSize {
    private static final int HEX = 16;
    private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{1,8})(?:[ \t]*;.*)?");

    private ChunkSize() {}

    /** The size; empty if the line has none or a larger one than {@link Integer#MAX_VALUE}. */
    static Optional<Integer> of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long size = Long.parseLong(matcher.group(1), HEX);
        return size <= Integer.MAX_VALUE ? Optional.of((int) size) : Optional.empty();
    }
}
