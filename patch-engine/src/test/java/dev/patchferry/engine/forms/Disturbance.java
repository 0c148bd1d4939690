package dev.patchferry.engine.forms;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How a sender gets a patch wrong, or how the file moved on meanwhile. */
enum Disturbance {
    NONE,
    WRONG_COUNTS,
    NO_NUMBERS,
    WRONG_NUMBERS,
    TRAILING_SPACE,
    INDENTED,
    ASCII_QUOTES,
    CRLF_PATCH,
    FENCED,
    LINES_ABOVE,
    LINES_BELOW,
    NO_CONTEXT;

    /** The header of a hunk. */
    String header(Change.Hunk hunk, Random random) {
        int old = hunk.old().size();
        int fresh = hunk.fresh().size();
        return switch (this) {
            case WRONG_COUNTS ->
                "@@ -%d,%d +%d,%d @@"
                        .formatted(hunk.start(), old + 1 + random.nextInt(4), hunk.start(), fresh + random.nextInt(3));
            case NO_NUMBERS -> random.nextBoolean() ? "@@ @@" : "@@";
            case WRONG_NUMBERS -> "@@ -%d,%d +1,%d @@".formatted(1 + random.nextInt(100), old, fresh);
            default -> "@@ -%d,%d +%d,%d @@".formatted(hunk.start(), old, hunk.start(), fresh);
        };
    }

    /** A line of a hunk, behind its sign; the same for every line of a hunk, or it would not be the same change. */
    String line(String line) {
        UnaryOperator<String> text = switch (this) {
            case TRAILING_SPACE -> each -> line.startsWith("+") ? each : each + "  ";
            case INDENTED -> each -> each.isEmpty() ? each : "  " + each;
            case ASCII_QUOTES ->
                each -> line.startsWith("+")
                        ? each
                        : each.replace('\u201C', '"').replace('\u201D', '"').replace('\u2013', '-');
            default -> each -> each;
        };
        return line.charAt(0) + text.apply(line.substring(1));
    }

    /** The whole patch. */
    String patch(String patch) {
        return switch (this) {
            case CRLF_PATCH -> patch.replace("\n", "\r\n");
            case FENCED -> "```\n" + patch + "```\n";
            default -> patch;
        };
    }

    /** The file that the patch meets, and what it should become. */
    List<String> file(List<String> lines) {
        List<String> others = List.of("someone else's", "line", "");
        return switch (this) {
            case LINES_ABOVE -> concat(others, lines);
            case LINES_BELOW -> concat(lines, others);
            default -> lines;
        };
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
