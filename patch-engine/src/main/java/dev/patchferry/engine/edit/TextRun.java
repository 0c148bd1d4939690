package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.HunkPosition;
import dev.patchferry.engine.plan.LineHunk;
import dev.patchferry.engine.plan.Replacement;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes replacements in a file's text, in order, each in what the one before it left. A text of whole lines that does
 * not stand there as it was sent is looked for line by line, as every other form is.
 *
 * @param before how many changes of the file came before these
 * @param all how many changes of the file there are
 */
record TextRun(int before, int all, Deadline deadline) {
    static final String NOT_UNICODE = "the result would hold half a surrogate pair, which is not Unicode text";
    static final String NOT_UTF8 = "the file is not UTF-8 text; it would be damaged. Change it with a command";

    RunResult apply(byte[] content, List<Hunk> replacements) {
        Optional<TextFile> decoded = TextFile.decode(content);
        if (decoded.isEmpty()) {
            return new RunResult.Refused(NOT_UTF8);
        }
        TextFile file = decoded.get();
        Set<Grade> grades = EnumSet.noneOf(Grade.class);
        int number = before;
        for (Hunk hunk : replacements) {
            Replacement replacement = (Replacement) hunk;
            number++;
            switch (apply(replacement, file)) {
                case HunkResult.Changed(String text, Set<Grade> how) -> {
                    file = file.with(text);
                    grades.addAll(how);
                }
                case HunkResult.AlreadyApplied() -> grades.add(Grade.ALREADY_APPLIED);
                case HunkResult.Missing(String reason) -> {
                    return refused(number, reason);
                }
                case HunkResult.Refused(String reason) -> {
                    return refused(number, reason);
                }
            }
        }
        return file.encode()
                .<RunResult>map(bytes -> new RunResult.Made(bytes.toArray(), grades))
                .orElseGet(() -> new RunResult.Refused(NOT_UNICODE));
    }

    private RunResult.Refused refused(int number, String reason) {
        return new RunResult.Refused(all == 1 ? reason : "replacement " + number + " of " + all + ": " + reason);
    }

    private HunkResult apply(Replacement replacement, TextFile file) {
        TextReplacement text = new TextReplacement(replacement, file.ending(), deadline);
        HunkResult result = text.applyTo(file.text());
        if (!(result instanceof HunkResult.Missing)) {
            return result;
        }
        Optional<HunkResult> byLine = asLines(replacement).flatMap(lines -> byLine(lines, file));
        return byLine.orElseGet(
                () -> mayBeDone(replacement) && Resent.isDone(replacement, text.replacementFor(""), file.text())
                        ? new HunkResult.AlreadyApplied()
                        : result);
    }

    /** An expression does not read like what it has replaced; and of several places one may be left. */
    private static boolean mayBeDone(Replacement replacement) {
        boolean onePlace =
                replacement.matches() == Replacement.Matches.FIRST || replacement.matches() == Replacement.Matches.ONLY;
        return onePlace && (!replacement.regex() || !Search.readsLikeExpression(replacement));
    }

    /** The same change as a change of whole lines, if that is what it can be. */
    private static Optional<LineHunk> asLines(Replacement replacement) {
        String old = replacement.pattern();
        String fresh = replacement.replacement();
        boolean sameEnds = old.endsWith("\n") == fresh.endsWith("\n") || fresh.isEmpty();
        if (!mayBeDone(replacement) || !sameEnds) {
            return Optional.empty();
        }
        // Nothing in place of a text without its last line feed leaves an empty line, here as in any text.
        List<String> lines = fresh.isEmpty() && !old.endsWith("\n") ? List.of("") : LineHunk.linesOf(fresh);
        return LineHunk.replacing("the text", LineHunk.linesOf(old), lines, new HunkPosition.Anywhere());
    }

    /** Found by its lines; that they are there already is for {@link Resent} to say. */
    private Optional<HunkResult> byLine(LineHunk hunk, TextFile file) {
        byte[] text = file.text().getBytes(StandardCharsets.UTF_8);
        return new LineRun(deadline).apply(text, List.of(hunk))
                                instanceof RunResult.Made(byte[] made, Set<Grade> grades)
                        && !grades.contains(Grade.ALREADY_APPLIED)
                ? Optional.of(new HunkResult.Changed(new String(made, StandardCharsets.UTF_8), grades))
                : Optional.empty();
    }
}
