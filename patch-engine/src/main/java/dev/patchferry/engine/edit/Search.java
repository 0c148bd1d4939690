package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One way of looking for a text.
 *
 * @param pattern what to look for
 * @param grade what finding it this way is called
 */
record Search(Pattern pattern, Grade grade) {
    private static final int LONGEST_EXPRESSION = 20_000;
    private static final Pattern SPECIAL = Pattern.compile("[\\\\\\[\\](){}.*+?^$|]");

    /** What stands in regular expressions and hardly in any other text. */
    private static final Pattern TELLING =
            Pattern.compile("\\\\[dDwWsSbBnrt.*+?()\\[\\]{}|^$/]|\\.[*+]|\\[\\^|\\(\\?|[)\\]][*+]|^\\^|\\$$");

    /** A line break as a regular expression spells it, in a file whose line breaks are seen as line feeds. */
    private static final Pattern SPELT_CRLF = Pattern.compile("(?<!\\\\)\\\\r\\??\\\\n");

    /** The ways in which a text is looked for as it is, the strictest first. */
    static List<Search> asText(Replacement hunk, LineEnding ending) {
        String sent = sent(hunk, ending);
        boolean otherBreaks =
                ending.unifiesViews() && !ending.imposeOn(hunk.pattern()).equals(hunk.pattern());
        List<Search> ways = new ArrayList<>();
        ways.add(new Search(literal(Pattern.quote(sent)), otherBreaks ? Grade.LINE_ENDINGS : Grade.EXACT));
        if (ending == LineEnding.MIXED && sent.indexOf('\n') >= 0) {
            ways.add(new Search(withAnyLineBreaks(sent), Grade.LINE_ENDINGS));
        }
        return ways;
    }

    /**
     * The text as a regular expression, if it can be one: a pattern without special characters is plain text. A very long
     * one is text, too: nobody writes such expressions, and compiling one can take the square of its length.
     *
     * @param flags {@link Pattern#DOTALL} for a dot that matches line breaks, or 0
     * @throws StackOverflowError for an expression nested too deeply to be compiled
     */
    static Optional<Search> asExpression(Replacement hunk, LineEnding ending, int flags) {
        if (!mayBeExpression(hunk)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Search(Pattern.compile(expression(hunk, ending), flags), Grade.REGEX));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with the text as a regular expression, if it was meant as one and does not compile. */
    static Optional<String> fault(Replacement hunk) {
        if (!mayBeExpression(hunk)) {
            return Optional.empty();
        }
        try {
            Pattern.compile(inJava(hunk.pattern()));
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription() + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)));
        }
    }

    /** Whether hardly anybody writes this but as a regular expression. */
    static boolean readsLikeExpression(Replacement hunk) {
        return TELLING.matcher(hunk.pattern()).find();
    }

    boolean isRegularExpression() {
        return grade == Grade.REGEX;
    }

    Matcher in(CharSequence text) {
        return pattern.matcher(text);
    }

    private static boolean mayBeExpression(Replacement hunk) {
        return hunk.regex()
                && hunk.pattern().length() <= LONGEST_EXPRESSION
                && (hunk.reading() == Replacement.Reading.EXPRESSION
                        || SPECIAL.matcher(hunk.pattern()).find());
    }

    private static String expression(Replacement hunk, LineEnding ending) {
        String sent = inJava(sent(hunk, ending));
        return ending.unifiesViews() ? SPELT_CRLF.matcher(sent).replaceAll("\\\\n") : sent;
    }

    /** Groups with names as Python writes them. */
    private static String inJava(String expression) {
        return expression.replace("(?P<", "(?<").replaceAll("\\(\\?P=(\\w+)\\)", "\\\\k<$1>");
    }

    private static String sent(Replacement hunk, LineEnding ending) {
        return ending.unifiesViews() ? LineEnding.toLineFeeds(hunk.pattern()) : hunk.pattern();
    }

    /**
     * The empty lookahead keeps java.util.regex from preparing a Boyer-Moore search, which takes the square of the
     * pattern's length, minutes for some, where no deadline reaches.
     */
    private static Pattern literal(String quoted) {
        return Pattern.compile("(?=)" + quoted);
    }

    private static Pattern withAnyLineBreaks(String text) {
        StringBuilder source = new StringBuilder();
        for (String line : text.split("\r?\n", -1)) {
            source.append(source.isEmpty() ? "" : "\\r?\\n").append(Pattern.quote(line));
        }
        return literal(source.toString());
    }
}
