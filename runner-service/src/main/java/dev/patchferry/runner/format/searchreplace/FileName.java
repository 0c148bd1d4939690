package dev.patchferry.runner.format.searchreplace;

import dev.patchferry.runner.format.text.Fault;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose file a block is about: the name on the line before it or before its fence, or in the fence's own line, else the
 * file of the block before, else the document's target file.
 */
final class FileName {
    private static final Pattern FENCE = Pattern.compile("\\s*(?:`{3,}|~{3,})(.*)");
    /** What people put around a name: list marks, headings, emphasis, code, a colon. */
    private static final String BEFORE = "#*`>- \t";

    private static final String BEHIND = "`*: \t";

    private final Optional<String> targetFile;
    private Optional<String> latest = Optional.empty();
    private Optional<String> justRead = Optional.empty();

    FileName(Optional<String> targetFile) {
        this.targetFile = targetFile;
    }

    /** Looks at a line that is no part of a block. */
    void pass(String line) {
        Matcher fence = FENCE.matcher(line);
        if (fence.matches()) {
            inFenceLine(fence.group(1).strip()).ifPresent(name -> justRead = Optional.of(name));
        } else if (!line.isBlank()) {
            justRead = plain(line);
        }
    }

    /** @throws Fault if nothing says which file it is */
    String forBlockAt(int line) {
        latest = justRead.or(() -> latest).or(() -> targetFile);
        justRead = Optional.empty();
        return latest.orElseThrow(
                () -> new Fault(line, "nothing says which file this block is for; put its path on the line before it"));
    }

    /** The path after a language, as in {@code python src/a.py} or {@code js:src/a.js}, or alone. */
    private static Optional<String> inFenceLine(String info) {
        String last = info.substring(Math.max(info.lastIndexOf(' '), info.lastIndexOf(':')) + 1);
        return looksLikeAPath(last) && (last.contains(".") || last.contains("/"))
                ? Optional.of(last)
                : Optional.empty();
    }

    private static Optional<String> plain(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && BEFORE.indexOf(line.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && BEHIND.indexOf(line.charAt(to - 1)) >= 0) {
            to--;
        }
        String name = line.substring(from, to);
        return looksLikeAPath(name) ? Optional.of(name) : Optional.empty();
    }

    private static boolean looksLikeAPath(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit)
                && text.chars().noneMatch(Character::isWhitespace);
    }
}
