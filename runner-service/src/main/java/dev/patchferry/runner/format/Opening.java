package dev.patchferry.runner.format;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.runner.format.searchreplace.SearchReplace;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The marker that a text opens with and that says what it is. A marker further down is content.
 *
 * @param format what a text that opens so is
 * @param marker the marker, for a person
 */
record Opening(PatchFormat format, String marker) {
    /** What diff, Subversion, CVS and Bazaar put above the names of the first file. */
    private static final Pattern ABOVE_NAMES = Pattern.compile("diff .*|Index: .*|={20,}|RCS file: .*"
            + "|retrieving revision .*|=== (?:added|modified|removed|renamed) .*");

    private static final Pattern MAIL = Pattern.compile("From [0-9a-f]{40} Mon Sep 17 00:00:00 2001");

    private static final int MOST_LINES_ABOVE = 6;
    private static final Pattern FENCE = Pattern.compile("(?:`{3,}|~{3,}).*");

    /** @param text what stands in the fence or here-document, if there is one */
    static Optional<Opening> of(String text) {
        List<String> lines = text.lines()
                .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
                .dropWhile(String::isBlank)
                .map(String::stripTrailing)
                .limit(MOST_LINES_ABOVE + 2)
                .toList();
        return isSearchBlock(lines)
                ? Optional.of(new Opening(PatchFormat.SEARCH_REPLACE, "<<<<<<< SEARCH"))
                : marker(line(lines, 0), line(lines, 1)).or(() -> namesBelow(lines));
    }

    /** The names of a diff's first file, under nothing but what tools put above them, or a mail that git made. */
    private static Optional<Opening> namesBelow(List<String> lines) {
        if (MAIL.matcher(line(lines, 0)).matches()) {
            return Optional.of(new Opening(PatchFormat.UNIFIED_DIFF, "the first line of a mailed patch"));
        }
        int above = (int) lines.stream()
                .takeWhile(line -> ABOVE_NAMES.matcher(line).matches())
                .count();
        return marker(line(lines, above), line(lines, above + 1))
                .filter(found -> found.format() == PatchFormat.UNIFIED_DIFF);
    }

    /** The first line anywhere in a text that would say what it is, were it the first, with its number from 1. */
    static Optional<String> furtherDown(String text) {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        return IntStream.range(0, lines.size())
                .boxed()
                .flatMap(i -> marker(line(lines, i), line(lines, i + 1))
                        .or(() -> search(line(lines, i)))
                        .map(opening -> "line " + (i + 1) + " reads like the beginning of "
                                + opening.format().wireName() + " (" + opening.marker() + ")")
                        .stream())
                .findFirst();
    }

    private static Optional<Opening> marker(String first, String second) {
        if (first.strip().equals("*** Begin Patch")) {
            return Optional.of(new Opening(PatchFormat.APPLY_PATCH, "*** Begin Patch"));
        }
        if (first.startsWith("diff --git ")) {
            return Optional.of(new Opening(PatchFormat.UNIFIED_DIFF, "diff --git"));
        }
        return first.startsWith("--- ") && second.startsWith("+++ ")
                ? Optional.of(new Opening(PatchFormat.UNIFIED_DIFF, "--- and +++"))
                : Optional.empty();
    }

    private static Optional<Opening> search(String line) {
        return SearchReplace.opens(line)
                ? Optional.of(new Opening(PatchFormat.SEARCH_REPLACE, "<<<<<<< SEARCH"))
                : Optional.empty();
    }

    /** The file's name may stand on the line before the block, or before the fence that the block is in. */
    private static boolean isSearchBlock(List<String> lines) {
        int at = 0;
        if (isFileName(line(lines, at))) {
            at++;
        }
        if (FENCE.matcher(line(lines, at)).matches()) {
            at++;
        }
        return search(line(lines, at)).isPresent();
    }

    private static boolean isFileName(String line) {
        String name = line.strip();
        return !name.isEmpty()
                && name.chars().noneMatch(Character::isWhitespace)
                && !FENCE.matcher(name).matches();
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }
}
