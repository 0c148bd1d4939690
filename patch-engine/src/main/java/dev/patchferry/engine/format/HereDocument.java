package dev.patchferry.engine.format;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that does nothing but hand the text behind it to a patch tool: {@code apply_patch <<'EOF'},
 * {@code git apply <<EOF}, {@code patch -p1 <<EOF}, or the here-document alone. A tool with an option that changes what
 * it does with the text, and any other command, is left to the shell.
 *
 * @param tool as it was written; empty for a here-document alone
 * @param body the text
 * @param strip what {@code -p} says
 */
record HereDocument(String tool, String body, OptionalInt strip) {
    /** No command of these is longer, and a pattern with options in it recurses for each. */
    private static final int LONGEST_COMMAND = 300;

    private static final Pattern OPENING =
            Pattern.compile("(?<tool>apply_?patch|git apply(?<options>(?: -\\S+)*)(?: -)?|patch(?<more>(?: -\\S+)*))?"
                    + "\\s*<<(?<dash>-?)\\s*(?<quote>['\"]?)(?<word>\\w+)\\k<quote>\\s*");
    private static final Pattern PIPED = Pattern.compile("cat\\s*(<<-?\\s*['\"]?\\w+['\"]?)\\s*\\|\\s*(.+)");
    private static final Pattern HARMLESS =
            Pattern.compile("-p\\d|-u|-N|-s|-f|-t|-v|-3|--forward|--silent|--quiet|--force"
                    + "|--batch|--verbose|--index|--3way|--recount|--unidiff-zero|--whitespace=\\w+");
    private static final Pattern STRIP = Pattern.compile("-p(\\d)");
    private static final Pattern ESCAPED = Pattern.compile("\\\\[$`\\\\]");

    /** The here-document that a text consists of. */
    static Optional<HereDocument> around(String text) {
        String bare = text.strip();
        int first = bare.indexOf('\n');
        if (first < 0 || first > LONGEST_COMMAND) {
            return Optional.empty();
        }
        Matcher opening = OPENING.matcher(withoutPipe(bare.substring(0, first)));
        if (!opening.matches()) {
            return Optional.empty();
        }
        List<String> options = options(opening);
        List<String> lines = List.of(bare.split("\n", -1));
        List<String> after = lines.subList(1, lines.size());
        int end = after.stream().map(String::strip).toList().indexOf(opening.group("word"));
        if (end < 0 || end != after.size() - 1 || !options.stream().allMatch(HereDocument::isHarmless)) {
            return Optional.empty();
        }
        boolean tabbed = opening.group("dash").equals("-");
        boolean literal = !opening.group("quote").isEmpty();
        List<String> body = after.subList(0, end).stream()
                .map(line -> tabbed ? line.replaceFirst("^\\t+", "") : line)
                .toList();
        // What the shell would take a backslash from is not what the sender sees; so no guess is made.
        return literal || body.stream().noneMatch(line -> ESCAPED.matcher(line).find())
                ? Optional.of(new HereDocument(toolOf(opening), String.join("\n", body) + "\n", strip(options)))
                : Optional.empty();
    }

    /** {@code cat <<EOF | tool} as {@code tool <<EOF}. */
    private static String withoutPipe(String command) {
        Matcher piped = PIPED.matcher(command);
        return piped.matches() ? piped.group(2).strip() + " " + piped.group(1) : command;
    }

    private static String toolOf(Matcher opening) {
        String tool = opening.group("tool");
        return tool == null ? "" : tool;
    }

    private static List<String> options(Matcher opening) {
        String options = opening.group("options") == null ? opening.group("more") : opening.group("options");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split(" ", -1));
    }

    private static boolean isHarmless(String option) {
        return HARMLESS.matcher(option).matches();
    }

    private static OptionalInt strip(List<String> options) {
        return options.stream()
                .map(STRIP::matcher)
                .filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst();
    }
}
