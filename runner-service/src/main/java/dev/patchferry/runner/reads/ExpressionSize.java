package dev.patchferry.runner.reads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large an expression becomes when its counted repetitions are written out, as RE2 does: {@code ((a{100}){100}){100}} is a
 * million characters. Memory and the time for each character of a text grow with it. Never less than it is; an expression that
 * is none has some size, too.
 */
final class ExpressionSize {
    /** An escape, with what belongs to it; a class of characters; a counted repetition; or any other character. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\\\Q.*?(?:\\\\E|$)|\\\\[pPx]\\{[^}]*\\}?|\\\\.|"
                    + "\\[\\^?\\]?(?:\\\\.|\\[:\\^?\\w+:\\]|[^\\]\\\\])*\\]?|\\{(\\d+)(?:,(\\d*))?\\}|.",
            Pattern.DOTALL);

    private ExpressionSize() {}

    static long of(String expression) {
        Deque<Long> around = new ArrayDeque<>();
        long group = 0;
        long atom = 0;
        Matcher token = TOKEN.matcher(expression);
        while (token.find()) {
            String text = token.group();
            if (token.group(1) != null) {
                group += atom * (times(token) - 1);
                atom *= times(token);
            } else if (text.equals("(")) {
                around.push(group);
                group = 0;
                atom = 0;
            } else if (text.equals(")") && !around.isEmpty()) {
                atom = group + 2;
                group = around.pop() + atom;
            } else {
                atom = text.length();
                group += atom;
            }
            if (group > Integer.MAX_VALUE) {
                return group;
            }
        }
        while (!around.isEmpty()) {
            group += around.pop();
        }
        return group;
    }

    /** At least once, so that nothing becomes smaller; a repetition that is too long to be counted is no repetition of RE2's. */
    private static long times(Matcher repetition) {
        String most = repetition.group(2) == null || repetition.group(2).isEmpty()
                ? repetition.group(1)
                : repetition.group(2);
        return most.length() > 4 ? 10_000 : Math.max(1, Long.parseLong(most));
    }
}
