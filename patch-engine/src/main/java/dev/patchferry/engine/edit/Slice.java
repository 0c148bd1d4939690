package dev.patchferry.engine.edit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Some bytes in a row, most often a line without what ends it. Treats its bytes as read-only. */
final class Slice {
    private final byte[] bytes;
    private final int from;
    private final int to;

    Slice(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /** The text in UTF-8. */
    static Slice of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int length() {
        return to - from;
    }

    boolean isBlank() {
        return stripLeading().length() == 0;
    }

    boolean isAscii() {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    Slice withoutReturn() {
        return to > from && bytes[to - 1] == '\r' ? new Slice(bytes, from, to - 1) : this;
    }

    Slice stripTrailing() {
        int end = to;
        while (end > from && isSpace(bytes[end - 1])) {
            end--;
        }
        return new Slice(bytes, from, end);
    }

    Slice stripLeading() {
        return new Slice(bytes, from + indentation().length(), to);
    }

    /** The white space at the beginning. */
    Slice indentation() {
        int end = from;
        while (end < to && isSpace(bytes[end])) {
            end++;
        }
        return new Slice(bytes, from, end);
    }

    boolean sameAs(Slice other) {
        return Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
    }

    int hash() {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        // Lines that differ in one character near their end must not share a bucket.
        return hash ^ (hash >>> 15);
    }

    /** As a person reads it; what is no UTF-8 is shown as a replacement character. */
    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
