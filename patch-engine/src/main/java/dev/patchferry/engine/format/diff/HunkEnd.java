package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.HunkLines;
import dev.patchferry.engine.format.text.PatchLines;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Tells where a hunk ends whose first line is read next. */
final class HunkEnd {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+.*");
    private static final Pattern FENCE = Pattern.compile("(?:`{3,}|~{3,})\\w*\\s*");
    private static final Pattern CLOSING_TAG =
            Pattern.compile("</(?:diff|patch|apply_patch|apply_diff|source|code|pre|answer|content|edit)>\\s*");
    private static final Pattern OTHER = Pattern.compile("Index: .*|GIT binary patch|\\*\\*\\* End Patch"
            + "|\\*\\*\\* Update File: .*|Property changes on: .*|Only in .*|diff -.*|# HG changeset patch"
            + "|From [0-9a-f]{40} .*|commit [0-9a-f]{40}.*|<{5,} .*");
    private static final Pattern LIST_ITEM = Pattern.compile("[-+*] \\S.*");
    private static final Pattern RULE = Pattern.compile("-{2,}\\s*");
    private static final Pattern SENTENCE = Pattern.compile("(?:[*#>_`(]+ ?)?\\p{Lu}\\S*(?: \\S+){2,}[.:!?)`*_]*");

    private static final int LONGEST_SENTENCE = 400;

    private final PatchLines lines;
    private final HunkHeader header;

    HunkEnd(PatchLines lines, HunkHeader header) {
        this.lines = lines;
        this.header = header;
    }

    /**
     * How many lines the hunk has by its counts; empty if they do not fit what stands there.
     *
     * @param unspaced whether a line that begins with none of the marks counts as one that stays
     */
    OptionalInt byCounts(boolean unspaced) {
        if (header.oldCount().isEmpty() || header.newCount().isEmpty()) {
            return OptionalInt.empty();
        }
        int old = header.oldCount().getAsInt();
        int fresh = header.newCount().getAsInt();
        int ahead = 0;
        while (old > 0 || fresh > 0 || HunkLines.saysNoLineFeed(lines.peek(ahead))) {
            String line = lines.peek(ahead);
            boolean marked = line.isEmpty() || HunkLines.isMarked(line) || HunkLines.saysNoLineFeed(line);
            if (!lines.has(ahead) || !(marked || (unspaced && !isAt(ahead)))) {
                return OptionalInt.empty();
            }
            if (!HunkLines.saysNoLineFeed(line)) {
                old -= line.startsWith("+") ? 0 : 1;
                fresh -= line.startsWith("-") ? 0 : 1;
            }
            ahead++;
        }
        return old == 0 && fresh == 0 && !goesOn(ahead) ? OptionalInt.of(ahead) : OptionalInt.empty();
    }

    /** Whether more of what changes follows than the counts say; behind a blank line it may be a list. */
    private boolean goesOn(int from) {
        int first = from;
        while (lines.has(first) && lines.peek(first).isEmpty()) {
            first++;
        }
        boolean adds = false;
        boolean removes = false;
        boolean list = first > from;
        for (int ahead = first; !isAt(ahead) && !lines.peek(ahead).isEmpty(); ahead++) {
            String line = lines.peek(ahead);
            if (!HunkLines.isMarked(line)) {
                break;
            }
            boolean changes = !line.startsWith(" ") && !RULE.matcher(line).matches();
            adds |= changes && line.startsWith("+");
            removes |= changes && line.startsWith("-");
            list &= !changes || LIST_ITEM.matcher(line).matches();
        }
        return (adds && removes) || ((adds || removes) && !list);
    }

    /** How many lines of context come next, the hunk being complete by its counts. */
    int contextThatFollows() {
        int ahead = 0;
        while (lines.peek(ahead).startsWith(" ") && !lines.peek(ahead).isBlank() && !isAt(ahead)) {
            ahead++;
        }
        return ahead;
    }

    /** Whether what comes after so many lines is no part of the hunk. */
    boolean isAt(int ahead) {
        if (!lines.has(ahead)) {
            return true;
        }
        String line = lines.peek(ahead);
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case ' ' -> false;
            case '@' -> HunkReader.beginsHunk(line);
            case '+', '-' -> SectionReader.beginsFile(lines, ahead) || endsMail(ahead);
            default ->
                SectionReader.beginsFile(lines, ahead)
                        || FENCE.matcher(line).matches()
                        || OTHER.matcher(line).matches()
                        || CLOSING_TAG.matcher(line).matches()
                        || (ahead > 0 && lines.peek(ahead - 1).isBlank() && isSentence(ahead));
        };
    }

    /** Whether the line after so many reads like prose. */
    boolean isSentence(int ahead) {
        String line = lines.peek(ahead).stripTrailing();
        return line.length() <= LONGEST_SENTENCE && SENTENCE.matcher(line).matches();
    }

    /** The line of two dashes above the version of git that a mailed patch ends with. */
    private boolean endsMail(int ahead) {
        return (lines.peek(ahead).equals("-- ") || lines.peek(ahead).equals("--"))
                && VERSION.matcher(lines.peek(ahead + 1)).matches();
    }

    /** Whether a line outside of all hunks is a list's, a rule or the like, though it begins with a sign. */
    static boolean isProse(String line) {
        return LIST_ITEM.matcher(line).matches() || RULE.matcher(line).matches();
    }
}
