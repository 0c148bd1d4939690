package dev.patchferry.engine.policy;

import java.util.ArrayList;
import java.util.List;

/** Takes the text of a rule apart. Double quotes keep spaces and commas together; a backslash takes a quote literally. */
final class RuleWords {
    static final String BECAUSE = "because";

    private RuleWords() {}

    /**
     * A rule in two parts.
     *
     * @param words before {@code because}, quotes still in them
     * @param reason after it, as it stands; may be empty
     */
    record Sentence(List<String> words, String reason) {}

    static Sentence sentence(String text) {
        int because = because(text);
        String asked = because < 0 ? text : text.substring(0, because);
        List<String> words = parts(asked.strip(), ' ', '\t').stream()
                .filter(word -> !word.isEmpty())
                .toList();
        return new Sentence(
                words,
                because < 0 ? "" : text.substring(because + BECAUSE.length()).strip());
    }

    /** Where that word begins, outside of quotes; negative if it does not. */
    private static int because(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"' && (i == 0 || text.charAt(i - 1) != '\\');
            int end = i + BECAUSE.length();
            if (!quoted
                    && text.startsWith(BECAUSE, i)
                    && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))
                    && (end == text.length() || Character.isWhitespace(text.charAt(end)))) {
                return i;
            }
        }
        return -1;
    }

    /** The values behind a condition, without their quotes. */
    static List<String> values(String text) {
        return parts(text, ',', ',').stream().map(RuleWords::unquoted).toList();
    }

    private static List<String> parts(String text, char separator, char other) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '"';
            if (escaped) {
                part.append(c).append(text.charAt(++i));
            } else if (!quoted && (c == separator || c == other)) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("has a double quote without its other half");
        }
        parts.add(part.toString());
        return parts;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        String inner = quoted ? value.substring(1, value.length() - 1) : value;
        if (inner.replace("\\\"", "").contains("\"")) {
            throw new IllegalArgumentException("has a double quote in the middle of `" + value + "`");
        }
        return inner.replace("\\\"", "\"");
    }
}
