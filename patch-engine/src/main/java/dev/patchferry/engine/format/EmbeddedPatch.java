package dev.patchferry.engine.format;

import dev.patchferry.contract.PatchFormat;
import dev.patchferry.engine.format.searchreplace.SearchReplace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A whole diff, patch or block that stands in a text which is said to be something else.
 *
 * @param line where it begins, from 1
 * @param form what it is
 */
record EmbeddedPatch(int line, String form) {
    private static final Pattern FILE = Pattern.compile("\\*\\*\\* (?:Add|Update|Delete) File: ?\\S.*");
    private static final Pattern HUNK = Pattern.compile("@@ -\\d+(?:,\\d+)? \\+\\d+(?:,\\d+)? @@.*");
    private static final Pattern UNNUMBERED = Pattern.compile("@@(?: .*)?");
    private static final Pattern SIGNED = Pattern.compile("[+-].*");
    private static final Pattern NORMAL = Pattern.compile("\\d+(?:,\\d+)?[acd]\\d+(?:,\\d+)?");
    private static final Pattern DIVIDER = Pattern.compile("={3,}\\s*");
    private static final Pattern CLOSING = Pattern.compile("(?:>{3,}|\\+{3,})\\s*(?i:REPLACE|UPDATED)[>:]*\\s*");
    private static final Pattern DOCUMENT = Pattern.compile("(?i).*\\.(?:md|markdown|mdx|rst|adoc|txt|html)");
    private static final Pattern FENCE = Pattern.compile("\\s{0,3}(?:`{3,}|~{3,}).*");
    private static final String DIFF = PatchFormat.UNIFIED_DIFF.wireName();

    /** The first one in a text. */
    static Optional<EmbeddedPatch> in(String text) {
        return first(text.lines().toList());
    }

    /** The first one in a file's content; a document shows diffs within fences. */
    static Optional<EmbeddedPatch> inContent(String text, String target) {
        List<String> lines = text.lines().toList();
        return first(DOCUMENT.matcher(target.strip()).matches() ? withoutExamples(lines) : lines);
    }

    /** The lines, those within a fence empty if the fence ends and the document goes on. */
    private static List<String> withoutExamples(List<String> lines) {
        List<String> outside = new ArrayList<>(lines);
        int opened = -1;
        for (int at = 0; at < lines.size(); at++) {
            if (!FENCE.matcher(lines.get(at)).matches()) {
                continue;
            }
            if (opened < 0) {
                opened = at;
            } else {
                boolean goesOn = lines.subList(at + 1, lines.size()).stream().anyMatch(line -> !line.isBlank());
                if (goesOn) {
                    Collections.fill(outside.subList(opened, at + 1), "");
                }
                opened = -1;
            }
        }
        return outside;
    }

    /** The first one in a command, outside of its here-documents and quotes, which are files and arguments. */
    static Optional<EmbeddedPatch> inCommand(String text) {
        return first(ShellText.ofCommand(text));
    }

    private static Optional<EmbeddedPatch> first(List<String> lines) {
        // The last divider with an end below it: above it, every beginning of a block has both.
        int divider = last(lines, last(lines, lines.size(), CLOSING), DIVIDER);
        int signed = last(lines, lines.size(), SIGNED);
        return IntStream.range(0, lines.size())
                .boxed()
                .flatMap(at -> formAt(lines, at, divider, signed).map(form -> new EmbeddedPatch(at + 1, form)).stream())
                .findFirst();
    }

    private static Optional<String> formAt(List<String> lines, int at, int divider, int signed) {
        String line = lines.get(at);
        String next = line(lines, at + 1);
        if (at < divider && SearchReplace.opens(line)) {
            return Optional.of(PatchFormat.SEARCH_REPLACE.wireName());
        }
        boolean begins = line.strip().equals("*** Begin Patch")
                || (FILE.matcher(line).matches() && (next.startsWith("@@") || isMarked(next)));
        if (begins) {
            return Optional.of(PatchFormat.APPLY_PATCH.wireName());
        }
        return isDiff(lines, at, line, next) || isPartOfADiff(line, next, at < signed)
                ? Optional.of(DIFF)
                : Optional.empty();
    }

    private static boolean isDiff(List<String> lines, int at, String line, String next) {
        boolean normal = NORMAL.matcher(line).matches() && (next.startsWith("< ") || next.startsWith("> "));
        boolean names = line.startsWith("--- ")
                && next.startsWith("+++ ")
                && line(lines, at + 2).startsWith("@@");
        boolean context = line.startsWith("*** ")
                && next.startsWith("--- ")
                && line(lines, at + 2).startsWith("***************");
        return normal
                || names
                || context
                || line.startsWith("diff --git a/")
                || (HUNK.matcher(line).matches() && isMarked(next));
    }

    /** A hunk without numbers, the names of a new side alone, or a diff that is quoted as in a mail. */
    private static boolean isPartOfADiff(String line, String next, boolean signsFollow) {
        boolean hunk = UNNUMBERED.matcher(line).matches() && isMarked(next) && signsFollow;
        boolean side = line.startsWith("+++ b/") && (next.startsWith("@@") || isMarked(next));
        boolean quoted = line.startsWith("> --- ") && next.startsWith("> +++ ");
        return hunk || side || quoted || line.startsWith("> diff --git a/");
    }

    private static boolean isMarked(String line) {
        return line.startsWith("+") || line.startsWith("-") || line.startsWith(" ");
    }

    /** The last such line above this one; -1 if there is none. */
    private static int last(List<String> lines, int above, Pattern pattern) {
        return IntStream.range(0, Math.max(0, above))
                .filter(at -> pattern.matcher(lines.get(at)).matches())
                .max()
                .orElse(-1);
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    String inWords() {
        return "line " + line + " reads like the beginning of " + form;
    }
}
