package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Replacement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of a regular expression. {@code $1} to {@code $99}, <code>${name}</code>, {@code \g<1>} and
 * {@code \g<name>} stand for groups that the pattern has, {@code $&} for the whole match and {@code $$} for a dollar;
 * any other dollar is a dollar, since the text is as likely a shell script as a template. {@code \n} and {@code \t} are
 * a line break and a tab beside a pattern that spells one. What other tools read as a group, and an escape that may be
 * text, is refused.
 */
final class Template {
    private static final Pattern REFERENCE = Pattern.compile("\\\\\\\\|\\$(?:(?<sign>[$&])|(?<number>[1-9][0-9]?)"
            + "|\\{(?<braced>\\w+)}|<(?<angled>\\w+)>)"
            + "|\\\\(?:(?<back>[1-9])|g<(?<named>\\w+)>|(?<escape>[nrt]))");

    /** What stands for something in the templates of other tools alone. */
    private static final Pattern FOREIGN =
            Pattern.compile("(?<!\\\\)\\\\(?:[0-9]|k<|[ULul](?=[$\\\\&])|E\\b)|\\$\\{\\d{1,2}}|\\$<\\w+>|\\$0(?!\\d)");

    private static final Pattern BREAK = Pattern.compile("\\\\[nrt]");
    private static final Pattern BACK_REFERENCE = Pattern.compile("(?<!\\\\)\\\\(?:[1-9]|g<\\w+>)");
    private static final String INSTEAD = "; send $1 or ${name} for a group, a real line break or tab for one, or"
            + " \"regex\": false (or `old` and `new`) if it is text";

    private final String text;
    private final boolean spellsBreaks;

    /** @param spellsBreaks whether {@code \n} is a line break, as it is in the pattern */
    Template(String text, boolean spellsBreaks) {
        this.text = text;
        this.spellsBreaks = spellsBreaks;
    }

    /** Whether a pattern spells a line break or a tab, so that its replacement does so, too. */
    static boolean spellsBreaks(Replacement asked) {
        return BREAK.matcher(asked.pattern()).find();
    }

    /** What a replacement beside an expression with these groups asks for that it has not got. */
    static Optional<String> fault(Replacement asked, int groups, Set<String> names) {
        Matcher reference = REFERENCE.matcher(asked.replacement());
        while (reference.find()) {
            if (isUnknown(reference.group("named"), groups, names)) {
                return Optional.of(
                        "`" + reference.group() + "` in the replacement names a group that the pattern has not;"
                                + " it has " + groups + INSTEAD);
            }
            boolean breaks = reference.group("escape") != null;
            if (breaks && !spellsBreaks(asked) && !isQuoted(asked.replacement(), reference.start())) {
                return Optional.of(unclear(reference.group()));
            }
        }
        Matcher foreign = FOREIGN.matcher(asked.replacement());
        while (foreign.find()) {
            boolean nameOfAScript = foreign.group().equals("$0") && isQuoted(asked.replacement(), foreign.start());
            if (!nameOfAScript) {
                return Optional.of(unclear(foreign.group()));
            }
        }
        return Optional.empty();
    }

    /** What a replacement asks for beside a pattern that is plain text, where it can mean nothing or two things. */
    static Optional<String> faultBesideText(Replacement asked) {
        if (!asked.regex()) {
            return Optional.empty();
        }
        Matcher back = BACK_REFERENCE.matcher(asked.replacement());
        if (back.find() && !asked.pattern().contains(back.group())) {
            return Optional.of(unclear(back.group()));
        }
        Matcher escape =
                Pattern.compile("(?<!\\\\)\\\\[nrt](?![A-Za-z0-9]*[\\\\:])").matcher(asked.replacement());
        while (escape.find()) {
            if (!asked.pattern().contains(escape.group()) && !isQuoted(asked.replacement(), escape.start())) {
                return Optional.of(unclear(escape.group()));
            }
        }
        return Optional.empty();
    }

    private static String unclear(String part) {
        return "`" + part + "` in the replacement may be text or may stand for something" + INSTEAD;
    }

    private static boolean isUnknown(@Nullable String reference, int groups, Set<String> names) {
        if (reference == null) {
            return false;
        }
        return isNumber(reference) ? Integer.parseInt(reference) > groups : !names.contains(reference);
    }

    /** Whether this place stands in a string of program text, where a backslash is written down. */
    private static boolean isQuoted(String text, int at) {
        char open = 0;
        for (int i = text.lastIndexOf('\n', at) + 1; i < at; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (open == 0 && (c == '"' || c == '\'' || c == '`')) {
                open = c;
            } else if (c == open) {
                open = 0;
            }
        }
        return open != 0;
    }

    /** Appends the text that replaces this match. */
    void expand(MatchResult match, BoundedText out) {
        Matcher reference = REFERENCE.matcher(text);
        int copied = 0;
        while (reference.find()) {
            out.append(text, copied, reference.start());
            copied = reference.end();
            String number = reference.group("number");
            if (number != null) {
                copied = reference.start() + expandNumber(number, match, out);
            } else {
                out.append(expanded(reference, match));
            }
        }
        out.append(text, copied, text.length());
    }

    private String expanded(Matcher reference, MatchResult match) {
        String sign = reference.group("sign");
        if (sign != null) {
            return sign.equals("$") ? sign : match.group();
        }
        String escape = reference.group("escape");
        if (escape != null) {
            return spellsBreaks ? breakFor(escape) : reference.group();
        }
        for (String name : List.of("braced", "named")) {
            if (reference.group(name) != null) {
                return group(reference.group(name), reference.group(), match);
            }
        }
        return reference.group();
    }

    private static String breakFor(String escape) {
        return switch (escape) {
            case "n" -> "\n";
            case "r" -> "\r";
            default -> "\t";
        };
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

    private static String group(String name, String asWritten, MatchResult match) {
        if (isNumber(name)) {
            int number = Integer.parseInt(name);
            return number <= match.groupCount() ? orEmpty(match.group(number)) : asWritten;
        }
        Map<String, Integer> groups = match.namedGroups();
        Integer group = groups.get(name);
        return group == null ? asWritten : orEmpty(match.group(group));
    }

    private static boolean isNumber(String name) {
        return name.length() <= 3 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
