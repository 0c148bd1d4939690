package dev.patchferry.foundation.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The forms in which a secret may stand in somebody's output: as it is, as a shell quotes it when it traces or prints a
 * command, in JSON, in a URL, and anywhere in something that is base64. A secret of several lines is looked for line by
 * line, and whole if one of its lines is too short for that.
 */
final class SecretForms {
    private static final int SHORTEST_LINE = 8;
    private static final String UNRESERVED = "-_.~";
    private static final List<String> LEFT_IN_URLS =
            List.of(UNRESERVED, UNRESERVED + "!*'()", "-_.*", UNRESERVED + "/");
    /** Of a base64 text whose first, second or third byte begins the secret: the first character it alone decides. */
    private static final int[] FIRST_DECIDED = {0, 2, 3};

    private SecretForms() {}

    /**
     * One form.
     *
     * @param latin1 its bytes, a character each, without line breaks: these count for nothing
     * @param base64 whether the characters beside it may hold a few bits of the secret, too
     */
    record Form(String latin1, boolean base64) {
        byte[] text() {
            return latin1.getBytes(StandardCharsets.ISO_8859_1);
        }

        int length() {
            return latin1.length();
        }
    }

    static Set<Form> of(String secret) {
        Set<Form> forms = new LinkedHashSet<>();
        units(secret.strip()).forEach(unit -> add(forms, unit));
        return forms;
    }

    private static Set<String> units(String secret) {
        List<String> lines = secret.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Set<String> units = new LinkedHashSet<>(lines);
        if (units.removeIf(line -> line.length() < SHORTEST_LINE)) {
            units.add(secret);
        }
        return units;
    }

    private static void add(Set<Form> forms, String secret) {
        plain(forms, secret);
        plain(forms, secret.replace("'", "'\\''"));
        plain(forms, secret.replace("'", "'\"'\"'"));
        plain(forms, backslashed(secret));
        plain(forms, ansiQuoted(secret));
        for (boolean slashes : new boolean[] {false, true}) {
            plain(forms, json(secret, slashes, false));
            plain(forms, json(secret, slashes, true));
        }
        byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
        forms.add(new Form(withoutBreaks(gitQuoted(utf8)), false));
        for (String left : LEFT_IN_URLS) {
            String encoded = url(utf8, left);
            plain(forms, encoded);
            plain(forms, lowerCaseEscapes(encoded));
            plain(forms, encoded.replace("%20", "+"));
        }
        for (int before = 0; before < FIRST_DECIDED.length; before++) {
            base64(forms, utf8, before);
        }
    }

    private static void plain(Set<Form> forms, String text) {
        byte[] utf8 = withoutBreaks(text).getBytes(StandardCharsets.UTF_8);
        forms.add(new Form(new String(utf8, StandardCharsets.ISO_8859_1), false));
    }

    private static String withoutBreaks(String text) {
        return text.replace("\r", "").replace("\n", "");
    }

    /** As {@code printf %q} writes it. */
    private static String backslashed(String secret) {
        return escaped(
                secret,
                c -> c < 128 && !Character.isLetterOrDigit(c) && "-_./+:@%,=".indexOf(c) < 0,
                c -> "\\" + (char) c);
    }

    /** As {@code $'…'}, which is how a shell traces what has control characters in it. */
    private static String ansiQuoted(String secret) {
        return escaped(secret, c -> c < ' ' || c == '\\' || c == '\'', c -> switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\', '\'' -> "\\" + (char) c;
            default -> String.format(Locale.ROOT, "\\%03o", c);
        });
    }

    /** As git quotes a file name, byte by byte. */
    private static String gitQuoted(byte[] utf8) {
        String bytes = new String(utf8, StandardCharsets.ISO_8859_1);
        return escaped(bytes, c -> c < ' ' || c == '"' || c == '\\' || c > 126, c -> switch (c) {
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '"', '\\' -> "\\" + (char) c;
            default -> String.format(Locale.ROOT, "\\%03o", c);
        });
    }

    private static String json(String secret, boolean slashes, boolean asciiOnly) {
        return escaped(
                secret,
                c -> c < ' ' || c == '"' || c == '\\' || (slashes && c == '/') || (asciiOnly && c > 126),
                c -> switch (c) {
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    case '\b' -> "\\b";
                    case '\f' -> "\\f";
                    case '"', '\\', '/' -> "\\" + (char) c;
                    default -> String.format(Locale.ROOT, "\\u%04x", c);
                });
    }

    private interface Escape {
        String of(int c);
    }

    private static String escaped(String text, IntPredicate which, Escape escape) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (which.test(c)) {
                escaped.append(escape.of(c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    private static String url(byte[] utf8, String left) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : utf8) {
            boolean asIs = b > 0 && (Character.isLetterOrDigit(b) || left.indexOf(b) >= 0);
            encoded.append(asIs ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b & 0xFF));
        }
        return encoded.toString();
    }

    private static String lowerCaseEscapes(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 1)) {
            lower.replace(at, at + 3, encoded.substring(at, at + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    /** What every base64 text holds in which the secret begins so many bytes after a multiple of three. */
    private static void base64(Set<Form> forms, byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String decided = Base64.getEncoder()
                .encodeToString(shifted)
                .substring(FIRST_DECIDED[before], shifted.length * Byte.SIZE / 6);
        for (String alphabet : List.of(decided, decided.replace('+', '-').replace('/', '_'))) {
            forms.add(new Form(alphabet, true));
        }
    }
}
