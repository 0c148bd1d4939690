package dev.patchferry.runner.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one Markdown code fence that a whole text stands in; models put it there and it is no part of the text.
 *
 * @param info what the fence says it holds, such as {@code bash}; empty when it does not say
 * @param body the text between the fence's lines
 */
record Fence(String info, String body) {
    private static final Pattern OPENING = Pattern.compile("(`{3,}+|~{3,}+)\\s*+([^`\\s]*+)[^`]*+");

    /** The fence that a text consists of. */
    static Optional<Fence> around(String text) {
        List<String> lines = text.strip().lines().toList();
        Matcher opening = OPENING.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!opening.matches()) {
            return Optional.empty();
        }
        List<String> after = lines.subList(1, lines.size());
        int end = after.stream().map(String::strip).toList().indexOf(opening.group(1));
        return end >= 0 && end == after.size() - 1
                ? Optional.of(new Fence(opening.group(2), String.join("\n", after.subList(0, end))))
                : Optional.empty();
    }
}
