package dev.patchferry.engine.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one Markdown code fence that a whole text stands in; models put it there and it is no part of the text.
 *
 * @param info what the fence says it holds, such as {@code bash}; empty when it does not say
 * @param body the text between the fence's lines
 * @param certain whether no line of the body reads like the fence's end but for a mark of a diff in front
 */
record Fence(String info, String body, boolean certain) {
    private static final Pattern OPENING = Pattern.compile("(`{3,}+|~{3,}+)\\s*+([^`\\s]*+)[^`]*+");

    /** The fence that a text consists of. */
    static Optional<Fence> around(String text) {
        // A carriage return alone is a character of the line that it stands in.
        String bare = text.strip();
        int first = bare.indexOf('\n');
        Matcher opening = OPENING.matcher(bare.substring(0, Math.max(0, first)));
        if (!opening.matches()) {
            return Optional.empty();
        }
        List<String> lines = List.of(bare.split("\n", -1));
        List<String> body = lines.subList(1, lines.size() - 1);
        String end = opening.group(1);
        boolean ends = lines.getLast().strip().equals(end);
        boolean endsBefore = body.stream().anyMatch(line -> line.stripTrailing().equals(end));
        boolean certain = body.stream().map(String::strip).noneMatch(end::equals);
        return ends && !endsBefore
                ? Optional.of(new Fence(opening.group(2), String.join("\n", body), certain))
                : Optional.empty();
    }
}
