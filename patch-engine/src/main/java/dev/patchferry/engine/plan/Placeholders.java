package dev.patchferry.engine.plan;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises the comments that senders write in place of text which they leave out, such as
 * {@code // ... rest of the code ...}.
 *
 * <p>There are two readings of one list of words. A line that is written into a file must be a placeholder beyond doubt,
 * since it is refused; a line that stands in both halves of a block may be told by less, since what it stands for must be
 * found in the file.
 */
public final class Placeholders {
    private static final int MAX_LENGTH = 200;
    /** The shortest one in words: {@code // rest …}. */
    private static final int MIN_LENGTH = 8;

    private static final int MAX_BARE_LENGTH = 30;

    private static final String BEGINNINGS = "/#*<-;%{\"'([.…rR";

    private static final String THINGS =
            "(?:code|file|function|functions|class|classes|method|methods|component|components"
                    + "|implementation|implementations|content|contents|script|module|document|page|program|body|tests?|logic"
                    + "|config|configuration|styles|rules|imports|lines|section|sections|props|fields|properties|items|entries"
                    + "|cases|routes|handlers|parts|definitions)";
    private static final String STAYS =
            "(?: (?:goes|go|is|are|stays?|remains?|here|below|above|unchanged|unmodified|the"
                    + "|same|as|before|it|omitted|for|brevity|continues?|follows?))*";
    private static final Pattern WORDS = Pattern.compile("(?:(?:the|your|all|and|keep|include|todo) )*(?:"
            + "(?:rest|remainder) of (?:(?:the|your|this|its|original|existing|other) )*(?:\\w+ )?" + THINGS + STAYS
            + "|(?:existing|previous|remaining|unchanged|original) (?:\\w+ )?" + THINGS + STAYS
            + "|(?:the )?" + THINGS + " (?:unchanged|unmodified|omitted)" + STAYS
            + "|(?:the )?(?:rest|other " + THINGS + ") (?:remains?|stays?|is|are) (?:the )?(?:same|unchanged|as before)"
            + STAYS + ")");

    /** A comment of dots and no words. */
    private static final Pattern BARE = Pattern.compile("(?:(?://|#|--|;|%)\\s*(?:\\.\\.\\.|…)"
            + "|\\{?/\\*\\s*(?:\\.\\.\\.|…)\\s*\\*/}?|<!--\\s*(?:\\.\\.\\.|…)\\s*-->)");

    /** A comment that is a remark in brackets. */
    private static final Pattern REMARK = Pattern.compile("(?://|#|--|;|%|/\\*|<!--)\\s*[(\\[<{]"
            + "(?:(?:\\w+ ){0,3}(?:unchanged|unmodified|omitted|snip(?:ped)?|truncated)(?: \\w+){0,3}"
            + "|same as (?:before|above)|no changes?(?: here)?)[)\\]>}]\\s*(?:\\*/|-->)?");

    /** What says the same only with dots beside it, or in both halves of a block. */
    private static final Pattern WORDS_WITH_DOTS = Pattern.compile("(?:(?:the|your|all|and|keep) )*(?:"
            + "rest(?: of (?:\\w+ ){0,3}\\w+)?" + STAYS
            + "|(?:existing|remaining|previous|other|same|original)(?: \\w+){0,3}" + STAYS
            + "|(?:\\w+ ){0,4}(?:unchanged|unmodified|omitted)" + STAYS
            + "|same as (?:before|above)|no changes?(?: here)?"
            + "|(?:snip|snipped|truncated))");

    /** Any comment with dots in both halves of a block, if one of these words is in it, or none at all. */
    private static final Pattern SOME_WORD = Pattern.compile("|(?:.* )?(?:rest|remainder|remaining|existing|previous"
            + "|unchanged|unmodified|other|same|original|keep|omitted|no changes?|as before|goes here)(?: .*)?");

    private static final Pattern MARKER = Pattern.compile(
            "(?://|#|/\\*|\\*|<!--|--|;|%|\\{/\\*|\"\"\"|'''|rem |\\(|\\[|<|\\.\\.\\.|…).*", Pattern.DOTALL);

    private static final Pattern DOTS = Pattern.compile("\\.\\.\\.|…");
    /** In brackets, or dots alone: an assignment, a statement or a spread ({@code ...rest}), whatever its words are. */
    private static final Pattern CODE =
            Pattern.compile("[(\\[<{]*(?:\\.\\.\\.|…)\\w+(?:[^\\w ].*)?|[(\\[<{.…].*[=;].*");

    private Placeholders() {}

    /** Whether a placeholder can begin with this, after any space; asked first where many lines are to be looked at. */
    public static boolean mayBeginWith(char first) {
        return BEGINNINGS.indexOf(first) >= 0;
    }

    /** Whether a line stands for text that is not sent, and can be nothing else. */
    public static boolean isCertain(String line) {
        String visible = visible(line);
        if (visible.length() < MIN_LENGTH) {
            return false;
        }
        String words = words(visible);
        return WORDS.matcher(words).matches()
                || REMARK.matcher(visible).matches()
                || (hasDots(visible) && WORDS_WITH_DOTS.matcher(words).matches());
    }

    /** Whether a line is a comment of dots alone: in program text it stands for text that is not sent. */
    public static boolean isBare(String line) {
        String visible = line.strip();
        boolean possible =
                !visible.isEmpty() && visible.length() <= MAX_BARE_LENGTH && "/#-;%{<".indexOf(visible.charAt(0)) >= 0;
        return possible && BARE.matcher(visible).matches();
    }

    /** Whether a line that stands in both halves of a block can be one that stands for the text between others. */
    public static boolean isLikely(String line) {
        String visible = visible(line);
        if (visible.isEmpty()) {
            return false;
        }
        String words = words(visible);
        return hasDots(visible)
                ? SOME_WORD.matcher(words).matches()
                : WORDS.matcher(words).matches()
                        || WORDS_WITH_DOTS.matcher(words).matches();
    }

    /** The line in lower case without the space around it; empty if it is no comment of a possible length. */
    private static String visible(String line) {
        String visible = line.strip();
        if (visible.isEmpty() || visible.length() > MAX_LENGTH || !mayBeginWith(visible.charAt(0))) {
            return "";
        }
        String lower = visible.toLowerCase(Locale.ROOT);
        return MARKER.matcher(lower).matches() && !CODE.matcher(lower).matches() ? lower : "";
    }

    private static String words(String visible) {
        return visible.replaceAll("[^a-z]+", " ").strip();
    }

    private static boolean hasDots(String visible) {
        return DOTS.matcher(visible).find();
    }
}
