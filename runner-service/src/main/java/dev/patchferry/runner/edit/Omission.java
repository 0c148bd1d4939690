package dev.patchferry.runner.edit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A comment that stands for text which is not sent, such as {@code // ... rest of the code ...}. Written into a file, it
 * takes the place of what it stands for.
 */
public final class Omission {
    private static final String THINGS =
            "(?:code|file|function|functions|class|classes|method|methods|component|components"
                    + "|implementation|implementations|content|contents|script|module|document|page|program|body|tests?|logic"
                    + "|config|configuration|styles|rules|imports|lines|section|sections|props|fields|properties|items|entries"
                    + "|cases|routes|handlers)";
    private static final String STAYS =
            "(?: (?:goes|go|is|are|stays?|remains?|here|below|above|unchanged|unmodified|the"
                    + "|same|as|before|it|omitted|for|brevity|continues?|follows?))*";
    private static final Pattern WORDS = Pattern.compile("(?:(?:the|your|all|and|keep|include) )*(?:"
            + "(?:rest|remainder) of (?:(?:the|your|this|its|original|existing|other) )*(?:\\w+ )?" + THINGS + STAYS
            + "|(?:existing|previous|remaining|unchanged|original) (?:\\w+ )?" + THINGS + STAYS
            + "|(?:the )?" + THINGS + " (?:unchanged|unmodified|omitted)" + STAYS + ")");

    /** What says the same only with dots beside it. */
    private static final Pattern WORDS_WITH_DOTS = Pattern.compile("(?:(?:the|your|all|and|keep) )*(?:"
            + "rest(?: of (?:\\w+ ){0,3}\\w+)?" + STAYS + "|(?:existing|remaining|previous|other)(?: \\w+){0,3}" + STAYS
            + "|(?:\\w+ ){0,4}(?:unchanged|unmodified|omitted)" + STAYS
            + "|same as (?:before|above)|no changes?(?: here)?"
            + "|(?:snip|snipped|truncated))");

    private static final Pattern MARKER = Pattern.compile(
            "(?://|#|/\\*|\\*|<!--|--|;|%|\\{/\\*|\"\"\"|'''|rem |\\(|\\[|<|\\.\\.\\.|…).*", Pattern.DOTALL);

    private static final Pattern DOTS = Pattern.compile("\\.\\.\\.|…");
    private static final int LONGEST = 120;

    private Omission() {}

    /** Why a file must not get this content in place of the old one: such a comment that the old one lacks. */
    public static Optional<String> addedBy(byte[] before, byte[] after) {
        String text = new String(after, StandardCharsets.UTF_8);
        Optional<String> added = text.lines()
                .filter(Omission::isOne)
                .filter(line -> !new String(before, StandardCharsets.UTF_8).contains(line.strip()))
                .findFirst();
        return added.map(line -> "`" + NearestLines.cut(line.strip()) + "` stands for text that is not sent, and would"
                + " take its place; send that text, or a change of the lines around it alone");
    }

    static boolean isOne(String line) {
        String visible = line.strip();
        if (visible.length() > LONGEST || visible.length() < 8 || !mayBegin(visible.charAt(0))) {
            return false;
        }
        String lower = visible.toLowerCase(Locale.ROOT);
        if (!MARKER.matcher(lower).matches()) {
            return false;
        }
        String words = lower.replaceAll("[^a-z]+", " ").strip();
        return WORDS.matcher(words).matches()
                || (DOTS.matcher(lower).find() && WORDS_WITH_DOTS.matcher(words).matches());
    }

    private static boolean mayBegin(char c) {
        return "/#*<-;%{\"'([.…rR".indexOf(c) >= 0;
    }
}
