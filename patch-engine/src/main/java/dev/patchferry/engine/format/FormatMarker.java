package dev.patchferry.engine.format;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.engine.format.searchreplace.SearchReplace;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The marker that a text opens with and that says what it is. A marker further down is content.
 *
 * @param format what a text that opens so is
 * @param marker the marker, for a person
 * @param strong whether it says so whatever the sender's role is
 */
record FormatMarker(PatchFormat format, String marker, boolean strong) {
    /** What diff, Subversion, CVS and Bazaar put above the names of the first file. */
    private static final Pattern ABOVE_NAMES = Pattern.compile("diff .*|Index: .*|={20,}|RCS file: .*"
            + "|retrieving revision .*|=== (?:added|modified|removed|renamed) .*");

    private static final Pattern MAIL = Pattern.compile("From [0-9a-f]{40} Mon Sep 17 00:00:00 2001");
    private static final Pattern MAIL_HEADER = Pattern.compile("(?:From|Date|Subject|Message-I[dD]): .+");
    private static final Pattern COMMIT = Pattern.compile("commit [0-9a-f]{40}(?: .*)?");
    private static final Pattern HUNK = Pattern.compile("@@ -\\d+(?:,\\d+)? \\+\\d+(?:,\\d+)? @@.*");

    private static final int MOST_LINES_ABOVE = 6;
    private static final Pattern FENCE = Pattern.compile("(?:`{3,}|~{3,}).*");
    private static final Pattern TAG = Pattern.compile("\\s*</?[A-Za-z_][\\w:-]*>\\s*\\w*\\s*");
    private static final Pattern PATH_TAG = Pattern.compile("\\s*<(?:path|file|file_?path)>[^<>]+</\\w+>\\s*");

    FormatMarker(PatchFormat format, String marker) {
        this(format, marker, true);
    }

    /** @param text what stands in the fence or here-document, if there is one */
    static Optional<FormatMarker> of(String text) {
        List<String> lines = text.lines()
                .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
                .dropWhile(String::isBlank)
                .map(String::stripTrailing)
                .limit(MOST_LINES_ABOVE + 2)
                .toList();
        return isSearchBlock(lines)
                ? Optional.of(new FormatMarker(PatchFormat.SEARCH_REPLACE, "<<<<<<< SEARCH"))
                : marker(lines)
                        .or(() -> namesBelow(lines).filter(_ -> holdsADiff(text)))
                        .or(() -> hunk(text, lines));
    }

    /** Whether what reads like the head of a diff, or of a mail, has one below it. */
    private static boolean holdsADiff(String text) {
        return text.lines().anyMatch(line -> line.startsWith("diff --git ") || line.startsWith("+++"));
    }

    /** Whether a text opens as a diff does that names its files. */
    static boolean ofADiff(String text) {
        return of(text).filter(found -> found.format() == PatchFormat.UNIFIED_DIFF && found.strong())
                .isPresent();
    }

    /** The names of a diff's first file, under nothing but what tools put above them, or a mail or commit. */
    private static Optional<FormatMarker> namesBelow(List<String> lines) {
        if (MAIL.matcher(line(lines, 0)).matches()) {
            return Optional.of(new FormatMarker(PatchFormat.UNIFIED_DIFF, "the first line of a mailed patch"));
        }
        if (MAIL_HEADER.matcher(line(lines, 0)).matches()
                && lines.stream().anyMatch(each -> each.startsWith("Subject: "))) {
            return Optional.of(new FormatMarker(PatchFormat.UNIFIED_DIFF, "the head of a mailed patch"));
        }
        if (line(lines, 0).equals("# HG changeset patch")) {
            return Optional.of(new FormatMarker(PatchFormat.UNIFIED_DIFF, "# HG changeset patch"));
        }
        if (COMMIT.matcher(line(lines, 0)).matches()
                && lines.stream().limit(4).anyMatch(each -> each.startsWith("Author: "))) {
            return Optional.of(new FormatMarker(PatchFormat.UNIFIED_DIFF, "the first line of `git show`"));
        }
        int above = (int) lines.stream()
                .takeWhile(line -> ABOVE_NAMES.matcher(line).matches())
                .count();
        return marker(lines.subList(above, lines.size())).filter(found -> found.format() == PatchFormat.UNIFIED_DIFF);
    }

    /** A hunk says nothing of its file, so that a command may begin with one as well as a diff. */
    private static Optional<FormatMarker> hunk(String text, List<String> lines) {
        boolean changes = text.lines().anyMatch(each -> each.startsWith("+") || each.startsWith("-"));
        return HUNK.matcher(line(lines, 0)).matches() && changes
                ? Optional.of(new FormatMarker(PatchFormat.UNIFIED_DIFF, "a hunk's line @@", false))
                : Optional.empty();
    }

    private static Optional<FormatMarker> marker(List<String> lines) {
        String first = line(lines, 0);
        String second = line(lines, 1);
        if (first.strip().equals("*** Begin Patch")) {
            return Optional.of(new FormatMarker(PatchFormat.APPLY_PATCH, "*** Begin Patch"));
        }
        if (first.startsWith("diff --git ")) {
            return Optional.of(new FormatMarker(PatchFormat.UNIFIED_DIFF, "diff --git"));
        }
        boolean blank =
                first.equals("---") && second.equals("+++") && line(lines, 2).startsWith("@@");
        return blank || (first.startsWith("--- ") && second.startsWith("+++ "))
                ? Optional.of(new FormatMarker(PatchFormat.UNIFIED_DIFF, "--- and +++"))
                : Optional.empty();
    }

    /** The file's name may stand on the line before the block, or before the fence that the block is in. */
    private static boolean isSearchBlock(List<String> lines) {
        boolean named = false;
        for (String line : lines) {
            if (SearchReplace.opens(line)) {
                return true;
            }
            boolean around = line.isBlank()
                    || FENCE.matcher(line).matches()
                    || TAG.matcher(line).matches()
                    || PATH_TAG.matcher(line).matches();
            if (!around && (named || !(isFileName(line) || SearchReplace.names(line)))) {
                return false;
            }
            named |= !around;
        }
        return false;
    }

    private static boolean isFileName(String line) {
        String name = line.strip();
        return !name.isEmpty()
                && name.chars().noneMatch(Character::isWhitespace)
                && !SearchReplace.opens(line)
                && !TAG.matcher(line).matches()
                && !FENCE.matcher(name).matches();
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }
}
