package dev.patchferry.runner.format;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds a diff, patch or block in a text that is said to be a command or a content, below nothing but a sentence, a
 * comment or a fence. As a command its context lines would be run, as a content it would take the place of the file that
 * it is about.
 */
record EmbeddedPatch(int line, String marker) {
    private static final Pattern HUNK = Pattern.compile("@@ -\\d+(?:,\\d+)? \\+\\d+(?:,\\d+)? @@.*");
    private static final Pattern NORMAL_DIFF = Pattern.compile("\\d+(?:,\\d+)?[acd]\\d+(?:,\\d+)?");
    private static final Pattern SECTION = Pattern.compile("\\*\\*\\* (?:Begin Patch|(?:Update|Add|Delete) File: .+)");
    private static final Pattern BLOCK =
            Pattern.compile("(?:<{5,}|-{5,}) ?(?:search|original|orig)\\b.{0,4}", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTEXT_DIFF = Pattern.compile("\\*{15}");

    /** A patch on one line, whose line breaks were escaped once too often. */
    private static final Pattern ESCAPED = Pattern.compile(
            "(?:\\*\\*\\* Begin Patch|<{5,} ?SEARCH|diff --git .+|--- .+\\\\n\\+\\+\\+ .+|@@ -\\d.* @@.*)\\\\n.*");

    private static final Pattern FENCE = Pattern.compile("(?:`{3,}|~{3,}).*");
    private static final Pattern COMMENT = Pattern.compile("(?:#|//|--|/\\*|<!--|\\*|;|\"\"\"|'''|::|REM ).*");
    private static final Pattern SENTENCE = Pattern.compile("\\p{Lu}[^|;&$<>=`(){}]*\\s[^|;&$<>=(){}]*[:.!]");
    private static final Pattern FILE_NAME = Pattern.compile("[^\\s'\"|;&$<>()]*[./][^\\s'\"|;&$<>()]*:?");
    private static final Pattern TAG = Pattern.compile("</?[a-z_-]+>");
    private static final List<String> DOCUMENTS = List.of(".md", ".markdown", ".mdx", ".rst", ".adoc", ".txt", ".html");
    private static final List<String> PATCHES = List.of(".patch", ".diff", ".rej");

    /** What a command holds; a here-document and a quoted text may hold anything. */
    static Optional<EmbeddedPatch> inCommand(String text) {
        return first(text).filter(found -> !hasWordsOfAShell(linesAbove(text, found)));
    }

    /** What a content holds; a document about a diff, or a file of diffs, may hold one. */
    static Optional<EmbeddedPatch> inContent(String text, String target) {
        if (isPatchFile(target)) {
            return Optional.empty();
        }
        return first(text)
                .filter(found -> linesAbove(text, found).stream().allMatch(EmbeddedPatch::saysNothing))
                .filter(found -> !endsWith(target, DOCUMENTS) || !isFencedWithin(text, found));
    }

    /** Whether a file is there to hold diffs. */
    static boolean isPatchFile(String target) {
        return endsWith(target, PATCHES);
    }

    String inWords() {
        return "line " + line + " reads like the beginning of " + marker;
    }

    private static boolean endsWith(String target, List<String> endings) {
        String lower = target.strip().toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(lower::endsWith);
    }

    private static Optional<EmbeddedPatch> first(String text) {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        return IntStream.range(0, lines.size())
                .boxed()
                .flatMap(i -> marker(lines, i).map(name -> new EmbeddedPatch(i + 1, name)).stream())
                .findFirst();
    }

    private static Optional<String> marker(List<String> lines, int at) {
        String line = lines.get(at).strip();
        String next = at + 1 < lines.size() ? lines.get(at + 1) : "";
        boolean git = line.startsWith("diff --git ") && line.contains(" b/");
        boolean names = line.startsWith("--- ") && next.strip().startsWith("+++ ");
        boolean normal = NORMAL_DIFF.matcher(line).matches() && (next.startsWith("< ") || next.startsWith("> "));
        if (git
                || names
                || normal
                || HUNK.matcher(line).matches()
                || CONTEXT_DIFF.matcher(line).matches()) {
            return Optional.of("unified-diff (`" + cut(line) + "`)");
        }
        if (SECTION.matcher(line).matches()) {
            return Optional.of("apply-patch (`" + cut(line) + "`)");
        }
        if (BLOCK.matcher(line).matches()) {
            return Optional.of("search-replace (`" + cut(line) + "`)");
        }
        return ESCAPED.matcher(line).matches()
                ? Optional.of("a patch whose line breaks are written as \\n (`" + cut(line) + "`)")
                : Optional.empty();
    }

    private static String cut(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    private static List<String> linesAbove(String text, EmbeddedPatch found) {
        return text.lines().limit(found.line() - 1L).toList();
    }

    private static boolean saysNothing(String line) {
        String visible = line.strip();
        return visible.isEmpty()
                || Stream.of(FENCE, COMMENT, SENTENCE, FILE_NAME, TAG)
                        .anyMatch(pattern -> pattern.matcher(visible).matches());
    }

    /** Whether the lines above open what may hold any text: a here-document or a quotation. */
    private static boolean hasWordsOfAShell(List<String> above) {
        List<String> commands =
                above.stream().filter(line -> !saysNothing(line)).toList();
        long quotes = commands.stream()
                .flatMapToInt(String::chars)
                .filter(c -> c == '\'' || c == '"')
                .count();
        return commands.stream().anyMatch(line -> line.contains("<<")) || quotes % 2 == 1;
    }

    /** Whether the fence that holds the patch ends, and the text goes on. */
    private static boolean isFencedWithin(String text, EmbeddedPatch found) {
        List<String> above = linesAbove(text, found);
        boolean opened = above.stream()
                                .map(String::strip)
                                .filter(line -> FENCE.matcher(line).matches())
                                .count()
                        % 2
                == 1;
        return opened
                && text.lines()
                        .skip(found.line())
                        .map(String::strip)
                        .dropWhile(line -> !FENCE.matcher(line).matches())
                        .skip(1)
                        .anyMatch(line -> !line.isEmpty());
    }
}
