package dev.patchferry.engine.edit;

import java.util.List;
import java.util.regex.Matcher;

/**
 * Tells an expression that says nothing about what it replaces: one that finds the empty string, or takes all that can
 * be seen of any text whatever. That is tried on texts that have no visible character in common.
 */
final class MatchAllPattern {
    private static final List<String> ANY_TEXTS = List.of(
            "lorem ipsum\ndolor\tsit amet\n".repeat(20),
            "0123 ({[<;:,.>]}) 4567\n\n".repeat(20),
            "ÄÖÜ Здравствуй\r\n你好 ✅\r\n".repeat(20));

    private MatchAllPattern() {}

    static boolean is(Search search, boolean all, Deadline deadline) {
        return search.in(new InterruptibleText("", deadline)).find()
                || ANY_TEXTS.stream()
                        .allMatch(text -> covers(search.in(new InterruptibleText(text, deadline)), text, all));
    }

    /** Whether these characters are all that can be seen of a text of several lines. */
    static boolean isWhole(String text, int start, int end) {
        return text.substring(0, start).isBlank() && text.substring(end).isBlank() && hasSeveralLines(text);
    }

    /** Whether a text has more than one line with anything in it; a match of the only one says nothing odd. */
    static boolean hasSeveralLines(String text) {
        return text.lines().filter(line -> !line.isBlank()).limit(2).count() > 1;
    }

    private static boolean covers(Matcher matcher, String text, boolean all) {
        int covered = 0;
        do {
            if (!matcher.find() || !text.substring(covered, matcher.start()).isBlank()) {
                return false;
            }
            covered = matcher.end();
        } while (!text.substring(covered).isBlank() && all);
        return text.substring(covered).isBlank();
    }
}
