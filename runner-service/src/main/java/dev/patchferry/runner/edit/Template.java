package dev.patchferry.runner.edit;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of a regular expression. {@code $1} to {@code $99} and <code>${name}</code> stand for groups that the
 * pattern has, {@code $&} for the whole match and {@code $$} for a dollar; any other dollar is a dollar, since the text
 * is as likely a shell script as a template.
 */
final class Template {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:(?<sign>[$&])|(?<number>[1-9][0-9]?)|\\{(?<name>[A-Za-z][A-Za-z0-9]*)})");

    private final String text;

    Template(String text) {
        this.text = text;
    }

    /** Appends the text that replaces this match. */
    void expand(MatchResult match, BoundedText out) {
        Matcher reference = REFERENCE.matcher(text);
        int copied = 0;
        while (reference.find()) {
            out.append(text, copied, reference.start());
            copied = reference.end();
            String sign = reference.group("sign");
            String number = reference.group("number");
            if (sign != null) {
                out.append(sign.equals("$") ? sign : match.group());
            } else if (number != null) {
                copied = reference.start() + expandNumber(number, match, out);
            } else {
                out.append(named(reference.group("name"), reference.group(), match));
            }
        }
        out.append(text, copied, text.length());
    }

    /** Reads two digits as a group only if the pattern has that many, else one. Returns how much was read. */
    private static int expandNumber(String number, MatchResult match, BoundedText out) {
        for (int digits = number.length(); digits > 0; digits--) {
            int group = Integer.parseInt(number.substring(0, digits));
            if (group <= match.groupCount()) {
                out.append(orEmpty(match.group(group)));
                return 1 + digits;
            }
        }
        out.append("$");
        return 1;
    }

    private static String named(String name, String asWritten, MatchResult match) {
        Map<String, Integer> groups = match.namedGroups();
        Integer group = groups.get(name);
        return group == null ? asWritten : orEmpty(match.group(group));
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
