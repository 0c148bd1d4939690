package dev.patchferry.runner.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tag that a whole text stands in, alone in its first line and its last: {@code <apply_patch>}, {@code <diff>}. */
final class Tags {
    private static final Pattern OPENING = Pattern.compile("<([A-Za-z_][\\w:-]*)(?:\\s[^<>]*)?>");

    private Tags() {}

    /** What stands between them. */
    static Optional<String> within(String text) {
        List<String> lines = List.of(text.strip().split("\n", -1));
        Matcher opening = OPENING.matcher(lines.getFirst().strip());
        boolean around =
                lines.size() > 2 && opening.matches() && lines.getLast().strip().equals("</" + opening.group(1) + ">");
        return around ? Optional.of(String.join("\n", lines.subList(1, lines.size() - 1))) : Optional.empty();
    }
}
