package dev.patchferry.runner.diff;

import java.nio.charset.StandardCharsets;

/**
 * A file name as git prints it (git-config, {@code core.quotePath}): C-style quotes around every name that holds a quote, a
 * backslash, a control character or a byte beyond ASCII. Two names are printed alike only if they are the same bytes.
 */
public final class GitName {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7E;

    private GitName() {}

    /**
     * Quotes a name if git would.
     *
     * @param side {@code a/} or {@code b/} in a header, else empty
     * @param path relative to the workspace, in the file system's own bytes
     */
    public static String quoted(String side, byte[] path) {
        StringBuilder quoted = new StringBuilder(side);
        boolean plain = true;
        for (byte b : path) {
            int value = b & 0xFF;
            String escape = escape(value);
            plain &= escape.isEmpty();
            quoted.append(escape.isEmpty() ? String.valueOf((char) value) : escape);
        }
        return plain ? quoted.toString() : '"' + quoted.toString() + '"';
    }

    /** The same of a name that is text. */
    public static String quoted(String side, String path) {
        return quoted(side, path.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(int value) {
        return switch (value) {
            case 0x07 -> "\\a";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case 0x0B -> "\\v";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> value < FIRST_PRINTABLE || value > LAST_PRINTABLE ? "\\%03o".formatted(value) : "";
        };
    }
}
