package dev.patchferry.runner.reads;

/** How many characters a text has in a JSON document. */
final class JsonSize {
    private static final int ESCAPED = 6;

    private JsonSize() {}

    static int of(String text) {
        int size = 2;
        for (int i = 0; i < text.length(); i++) {
            size += of(text.charAt(i));
        }
        return size;
    }

    /** The same of UTF-8, in which a character beyond ASCII counts each of its bytes. */
    static int of(byte[] utf8, int from, int to) {
        int size = 0;
        for (int i = from; i < to; i++) {
            size += utf8[i] < 0 ? 1 : of((char) utf8[i]);
        }
        return size;
    }

    private static int of(char c) {
        return switch (c) {
            case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
            default -> c < ' ' ? ESCAPED : 1;
        };
    }
}
