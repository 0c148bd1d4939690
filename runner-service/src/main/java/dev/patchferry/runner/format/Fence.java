package dev.patchferry.runner.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something around a whole text that models put there and that is no part of it: a Markdown code fence, or a shell
 * here-document for {@code apply_patch}.
 *
 * @param info what the fence says it holds, such as {@code bash}; empty when it does not say
 * @param body the text between the fence's lines
 */
record Fence(String info, String body) {
    private static final Pattern MARKDOWN = Pattern.compile("(`{3,}|~{3,})\\s*([^`\\s]*)[^`]*");
    private static final Pattern HEREDOC = Pattern.compile("(?:apply_?patch\\s*)?<<-?\\s*(['\"]?)(\\w+)\\1\\s*");

    /** The one Markdown fence that a text consists of. */
    static Optional<Fence> around(String text) {
        List<String> lines = text.strip().lines().toList();
        Matcher opening = MARKDOWN.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!opening.matches()) {
            return Optional.empty();
        }
        return bodyUpTo(opening.group(1), lines).map(body -> new Fence(opening.group(2), body));
    }

    /** The text without the one Markdown fence or here-document that it stands in. */
    static String stripFrom(String text) {
        String inner = around(text).map(Fence::body).orElse(text);
        List<String> lines = inner.strip().lines().toList();
        Matcher opening = HEREDOC.matcher(lines.isEmpty() ? "" : lines.getFirst());
        return opening.matches() ? bodyUpTo(opening.group(2), lines).orElse(inner) : inner;
    }

    /** What is between the first line and the last, if the last and none before it is the closing one. */
    private static Optional<String> bodyUpTo(String closing, List<String> lines) {
        List<String> after = lines.subList(1, lines.size());
        int end = after.stream().map(String::strip).toList().indexOf(closing);
        return end >= 0 && end == after.size() - 1
                ? Optional.of(String.join("\n", after.subList(0, end)))
                : Optional.empty();
    }
}
