package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.Replacement;
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

    /** A line break as a regular expression spells it, in a file whose line breaks are seen as line feeds. */
    private static final Pattern SPELT_CRLF = Pattern.compile("(?<!\\\\)\\\\r\\??\\\\n");

    /**
     * The ways in which a text may be looked for, the one the sender most likely meant first.
     *
     * @throws StackOverflowError for an expression nested too deeply to be compiled
     */
    static List<Search> waysFor(Replacement hunk, LineEnding ending) {
        String sent = ending.unifiesViews() ? LineEnding.toLineFeeds(hunk.pattern()) : hunk.pattern();
        List<Search> ways = new ArrayList<>();
        Optional<Pattern> expression = hunk.regex() && isExpression(sent) ? compile(sent, ending) : Optional.empty();
        expression.ifPresent(pattern -> ways.add(new Search(pattern, Grade.REGEX)));
        ways.add(new Search(literal(Pattern.quote(sent)), literalGrade(hunk, ending, expression.isPresent())));
        if (ending == LineEnding.MIXED && sent.indexOf('\n') >= 0) {
            ways.add(new Search(withAnyLineBreaks(sent), Grade.LINE_ENDINGS));
        }
        return ways;
    }

    boolean isRegularExpression() {
        return grade == Grade.REGEX;
    }

    Matcher in(CharSequence text) {
        return pattern.matcher(text);
    }

    /**
     * A pattern without special characters is plain text, and so a dollar in its replacement is a dollar. A very long one
     * is text, too: nobody writes such expressions, and compiling one can take the square of its length.
     */
    private static boolean isExpression(String pattern) {
        return pattern.length() <= LONGEST_EXPRESSION
                && SPECIAL.matcher(pattern).find();
    }

    /**
     * The empty lookahead keeps java.util.regex from preparing a Boyer-Moore search, which takes the square of the
     * pattern's length, minutes for some, where no deadline reaches.
     */
    private static Pattern literal(String quoted) {
        return Pattern.compile("(?=)" + quoted);
    }

    private static Optional<Pattern> compile(String sent, LineEnding ending) {
        String source = ending.unifiesViews() ? SPELT_CRLF.matcher(sent).replaceAll("\\\\n") : sent;
        try {
            return Optional.of(Pattern.compile(source, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Grade literalGrade(Replacement hunk, LineEnding ending, boolean afterExpression) {
        if (afterExpression) {
            return Grade.LITERAL_NOT_REGEX;
        }
        boolean sentOtherBreaks =
                ending.unifiesViews() && !ending.imposeOn(hunk.pattern()).equals(hunk.pattern());
        return sentOtherBreaks ? Grade.LINE_ENDINGS : Grade.EXACT;
    }

    private static Pattern withAnyLineBreaks(String text) {
        StringBuilder source = new StringBuilder();
        for (String line : text.split("\r?\n", -1)) {
            source.append(source.isEmpty() ? "" : "\\r?\\n").append(Pattern.quote(line));
        }
        return literal(source.toString());
    }
}
