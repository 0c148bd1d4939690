package dev.patchferry.engine.format;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tag that a whole text stands in, alone in its first line and its last: {@code <apply_patch>}, {@code <diff>}. */
final class Tags {
    private static final Pattern OPENING = Pattern.compile("<([A-Za-z_][\\w:-]*)(?:\\s[^<>]*)?>");

    private Tags() {}

    /** What stands between them. */
    static Optional<String> within(String text) {
        String bare = text.strip();
        int first = bare.indexOf('\n');
        int last = bare.lastIndexOf('\n');
        if (first == last) {
            return Optional.empty();
        }
        Matcher opening = OPENING.matcher(bare.substring(0, first).strip());
        return opening.matches() && bare.substring(last).strip().equals("</" + opening.group(1) + ">")
                ? Optional.of(bare.substring(first + 1, last))
                : Optional.empty();
    }
}
