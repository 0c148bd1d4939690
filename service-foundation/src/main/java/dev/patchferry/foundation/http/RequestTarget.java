package dev.patchferry.foundation.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request, as RFC 9112 section 3.2 calls it, before anybody decodes or resolves it. Two programs that do so
 * differently (a proxy that lets some paths pass, and the service behind it) must not be led to different resources, so what
 * could be read in two ways is refused.
 */
final class RequestTarget {
    private static final String NO_PATH = "has to be a path that begins with /";
    private static final int HEX = 16;
    private static final int ASCII_DELETE = 0x7f;
    private static final Pattern AUTHORITY = Pattern.compile("^https?://[^/?#]+(?=/)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ODD_SEGMENT = Pattern.compile("/(?:/|\\.{1,2}(?:/|$))");

    private RequestTarget() {}

    /** What is wrong with it, after the words "the target"; empty if nothing is. */
    static Optional<String> fault(@Nullable String asSent) {
        if (asSent == null || asSent.isEmpty()) {
            return Optional.of(NO_PATH);
        }
        String target =
                asSent.charAt(0) == '/' ? asSent : AUTHORITY.matcher(asSent).replaceFirst("");
        if (target.charAt(0) != '/') {
            return Optional.of(NO_PATH);
        }
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        if (ODD_SEGMENT.matcher(target).region(0, end).find()) {
            return Optional.of("has an empty segment, `.` or `..` in its path");
        }
        return escapes(target, end);
    }

    private static Optional<String> escapes(String target, int end) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= ASCII_DELETE || c == '\\' || c == '#') {
                return Optional.of("holds a character that has to be escaped");
            }
            if (c == '%') {
                int decoded = decoded(target, i);
                if (decoded < 0) {
                    return Optional.of("holds a % that is not followed by two hexadecimal digits");
                }
                if (decoded < ' ' || decoded == ASCII_DELETE || (i < end && isStructure(decoded))) {
                    return Optional.of("holds an escaped control character, dot, slash or %");
                }
            }
        }
        return Optional.empty();
    }

    private static int decoded(String target, int at) {
        if (at + 2 >= target.length()) {
            return -1;
        }
        int high = Character.digit(target.charAt(at + 1), HEX);
        int low = Character.digit(target.charAt(at + 2), HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }

    private static boolean isStructure(int decoded) {
        return decoded == '.' || decoded == '/' || decoded == '\\' || decoded == '%';
    }
}
