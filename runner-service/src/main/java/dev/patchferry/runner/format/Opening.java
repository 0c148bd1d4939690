package dev.patchferry.runner.format;

import dev.patchferry.contract.PatchFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The marker that a text opens with and that says what it is. A marker further down is content.
 *
 * @param format what a text that opens so is
 * @param marker the marker, for a person
 */
record Opening(PatchFormat format, String marker) {
    private static final Pattern SEARCH = Pattern.compile("<{5,9}\\s*SEARCH\\s*");
    private static final Pattern FENCE = Pattern.compile("(?:`{3,}|~{3,}).*");

    static Optional<Opening> of(String patch) {
        List<String> lines = Fence.stripFrom(patch)
                .lines()
                .dropWhile(String::isBlank)
                .map(String::stripTrailing)
                .limit(3)
                .toList();
        String first = line(lines, 0);
        if (first.strip().equals("*** Begin Patch")) {
            return Optional.of(new Opening(PatchFormat.APPLY_PATCH, "*** Begin Patch"));
        }
        if (first.startsWith("diff --git ")) {
            return Optional.of(new Opening(PatchFormat.UNIFIED_DIFF, "diff --git"));
        }
        if (first.startsWith("--- ") && line(lines, 1).startsWith("+++ ")) {
            return Optional.of(new Opening(PatchFormat.UNIFIED_DIFF, "--- and +++"));
        }
        return isSearchBlock(lines)
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
        return SEARCH.matcher(line(lines, at)).matches();
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
