package dev.patchferry.engine.format.text;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells the lines that mean something in one of the textual forms. No parser takes such a line for prose, not even one of
 * another form: what it heads would be lost.
 */
public final class Marks {
    private static final Pattern APPLY_PATCH = Pattern.compile(
            "\\*\\*\\* (?:(?:Begin|End) Patch|End of File|Move to:.*|(?:Add|Update|Delete|Create|Move|Rename) File:.*)");
    private static final Pattern BLOCK =
            Pattern.compile("\\\\?(?:<{5,}|>{5,})(?: .*)?|[<>]{3,}\\s*(?i:SEARCH|REPLACE).*"
                    + "|[<>]{2}\\s*(?:SEARCH|REPLACE)|\\[/?(?:SEARCH|REPLACE|FIND|ORIGINAL|UPDATED|OLD|NEW)]"
                    + "|</?(?i:search|replace|find|old|new|original|updated|old_(?:str|string|text)|new_(?:str|string|text))>"
                    + "|-{3,} (?i:SEARCH)[>:]*|\\+{3,} (?i:REPLACE)[>:]*|={7}");
    private static final Pattern HUNK = Pattern.compile("@@+(?: .*|$)");
    private static final Pattern DIFF_HEADER = Pattern.compile("diff --(?:git|cc|combined) .+|GIT binary patch"
            + "|Binary files .+ differ|(?:rename|copy) (?:from|to) .+|(?:new|deleted) file mode [0-7]{6}");
    private static final Pattern NORMAL_DIFF = Pattern.compile("\\d+(?:,\\d+)?[acd]\\d+(?:,\\d+)?");
    private static final Pattern CONTEXT_DIFF = Pattern.compile("\\*{15}.*|\\*\\*\\* \\d+(?:,\\d+)? \\*\\*\\*\\*");

    private Marks() {}

    /** The form that the next line belongs to; empty if it means nothing in any. */
    public static Optional<String> at(PatchLines lines) {
        String line = lines.peek().stripTrailing();
        if (APPLY_PATCH.matcher(line.strip()).matches()) {
            return Optional.of("apply-patch");
        }
        if (BLOCK.matcher(line).matches()) {
            return Optional.of("search-replace");
        }
        return isOfADiff(lines, line) ? Optional.of("unified-diff") : Optional.empty();
    }

    private static boolean isOfADiff(PatchLines lines, String line) {
        return HUNK.matcher(line).matches()
                || DIFF_HEADER.matcher(line).matches()
                || CONTEXT_DIFF.matcher(line).matches()
                || namesAFile(lines, 0)
                || (NORMAL_DIFF.matcher(line).matches()
                        && (lines.peek(1).startsWith("< ") || lines.peek(1).startsWith("> ")));
    }

    /**
     * Whether the line after so many others names a file as a diff does: {@code ---} above {@code +++}, or one of the two
     * right above a hunk.
     */
    public static boolean namesAFile(PatchLines lines, int ahead) {
        return namesBoth(lines, ahead) || namesOne(lines, ahead);
    }

    /** Whether {@code ---} and {@code +++} come after so many lines; tools that know no name leave it blank. */
    public static boolean namesBoth(PatchLines lines, int ahead) {
        return isName(lines.peek(ahead), "---")
                && isName(lines.peek(ahead + 1), "+++")
                && (lines.peek(ahead).length() > 4 || lines.peek(ahead + 2).startsWith("@@"));
    }

    /** Whether one of the two names stands alone above a hunk; a line of a file that reads so holds spaces or no path. */
    public static boolean namesOne(PatchLines lines, int ahead) {
        String line = lines.peek(ahead).stripTrailing();
        return lines.peek(ahead + 1).startsWith("@@")
                && (line.startsWith("+++ ") || line.startsWith("--- "))
                && !line.substring(4).contains(" ")
                && (line.contains("/") || line.contains("."));
    }

    private static boolean isName(String line, String sign) {
        return line.startsWith(sign + " ") || line.stripTrailing().equals(sign);
    }
}
