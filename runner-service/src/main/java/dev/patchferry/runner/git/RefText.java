package dev.patchferry.runner.git;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What git writes into a ref or a log of refs, which no program takes for settings or for a program of its own.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">gitrepository-layout(5)</a>
 */
public final class RefText {
    private static final String ID = "[0-9a-f]{40}(?:[0-9a-f]{24})?";
    private static final Pattern REF = Pattern.compile(ID + "\\n?|ref: refs/[^\\x00-\\x20]+\\n?");
    private static final Pattern LOG_LINE = Pattern.compile(ID + " " + ID + " [^\\n]*");

    private RefText() {}

    /** Whether a file may be a ref or a log of refs; an empty one may, as a lock is. */
    public static boolean isOne(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return text.isEmpty()
                || REF.matcher(text).matches()
                || text.lines().allMatch(line -> LOG_LINE.matcher(line).matches());
    }
}
