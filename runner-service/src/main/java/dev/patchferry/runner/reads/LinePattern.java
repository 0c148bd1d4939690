package dev.patchferry.runner.reads;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * What is looked for in lines. Expressions are RE2's, whose time grows with the text alone, whatever somebody writes; they are
 * matched on UTF-8.
 */
final class LinePattern {
    private static final int LONGEST = 1_000;
    /** A slice of a file is searched within a second or two, whatever is in it. */
    private static final int MAX_SIZE = 2_000;

    private final Pattern pattern;
    private final boolean isLiteral;

    private LinePattern(Pattern pattern, boolean isLiteral) {
        this.pattern = pattern;
        this.isLiteral = isLiteral;
    }

    static LinePattern of(SearchQuery query) throws ReadRefused {
        String wanted = query.wanted();
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            throw ReadRefused.badRequest("what is searched for has 1 to " + LONGEST + " characters.");
        }
        if (wanted.indexOf('\n') >= 0 || wanted.indexOf('\r') >= 0) {
            throw ReadRefused.badRequest("a search looks within lines; leave line breaks out of what is searched for.");
        }
        if (query.regex() && ExpressionSize.of(wanted) > MAX_SIZE) {
            throw ReadRefused.badRequest(
                    "`regex` repeats too much: with its counted repetitions written out it has more than " + MAX_SIZE
                            + " characters. Use smaller counts, or `+` and `*`.");
        }
        String expression = query.regex() ? wanted : Pattern.quote(wanted);
        try {
            int flags = Pattern.MULTILINE | (query.anyCase() ? Pattern.CASE_INSENSITIVE : 0);
            return new LinePattern(Pattern.compile(expression, flags), !query.regex() && !query.anyCase());
        } catch (PatternSyntaxException e) {
            throw ReadRefused.badRequest("`regex` is no expression: " + e.getMessage()
                    + ". RE2's syntax is meant, which has neither look-around nor back-references; use `text` to look for"
                    + " characters as they are.");
        }
    }

    /** Whether a file of any length can be asked at once: for these characters as they are, that is as fast as reading it. */
    boolean isSurelyNotIn(byte[] utf8) {
        return isLiteral && find(utf8) < 0;
    }

    /** Where it is found first, or -1. */
    int find(byte[] utf8) {
        Matcher matcher = pattern.matcher(utf8);
        return matcher.find() ? Math.min(matcher.start(), Math.max(0, utf8.length - 1)) : -1;
    }
}
