package dev.patchferry.runner.format;

import dev.patchferry.runner.format.text.PatchLines;
import dev.patchferry.runner.format.text.Placeholders;
import dev.patchferry.runner.plan.EitherHunk;
import dev.patchferry.runner.plan.ElidedHunk;
import dev.patchferry.runner.plan.Hunk;
import dev.patchferry.runner.plan.HunkLine;
import dev.patchferry.runner.plan.LineHunk;
import dev.patchferry.runner.plan.Replacement;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds lines that a sender put in place of code that it left out, such as {@code // ... existing code ...}: written down,
 * they would replace that code. A line that the old text has as well stays what it is.
 */
final class LeftOutCode {
    /** Prose may talk about such lines. */
    private static final Pattern PROSE = Pattern.compile("(?i).*\\.(?:md|mdx|markdown|rst|txt|adoc)");

    private LeftOutCode() {}

    /** @param writes whether what is written as a whole is looked at; a sender may insist */
    static Optional<String> in(List<Step> steps, boolean writes) {
        return steps.stream()
                .flatMap(step -> switch (step) {
                    case Step.Write write when writes -> in(write);
                    case Step.Edit edit -> edit.hunks().stream().flatMap(hunk -> in(edit.path(), hunk));
                    case Step.EditOneOf edit -> edit.hunks().stream().flatMap(hunk -> in(edit.path(), hunk));
                    case Step.Write _, Step.Exchange _, Step.Delete _, Step.Move _, Step.Copy _ ->
                        Stream.<String>empty();
                    case Step.Chmod _, Step.SetExecutable _, Step.Run _ -> Stream.<String>empty();
                })
                .findFirst();
    }

    private static Stream<String> in(Step.Write write) {
        boolean prose = PROSE.matcher(write.path().value()).matches();
        return new String(write.content().toArray(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !prose || line.stripLeading().startsWith("<!--"))
                .filter(Placeholders::isOne)
                .map(line -> inWords(
                        write.path(),
                        line,
                        "the whole file, or edits of it, or `format`: `content` if the file is to hold"
                                + " that line"));
    }

    private static Stream<String> in(WorkspacePath path, Hunk hunk) {
        return switch (hunk) {
            case LineHunk lines -> in(path, lines);
            case ElidedHunk elided -> in(path, elided.whole());
            case EitherHunk either -> in(path, either.whole());
            case Replacement replacement ->
                added(
                        path,
                        replacement.pattern().lines().toList(),
                        replacement.replacement().lines());
        };
    }

    private static Stream<String> in(WorkspacePath path, LineHunk hunk) {
        return added(
                path,
                hunk.before().stream().map(HunkLine::text).toList(),
                hunk.lines().stream().filter(line -> !line.isOld()).map(HunkLine::text));
    }

    private static Stream<String> added(WorkspacePath path, List<String> old, Stream<String> fresh) {
        return fresh.filter(Placeholders::isOne)
                .filter(line -> old.stream().map(String::strip).noneMatch(line.strip()::equals))
                .map(line ->
                        inWords(path, line, "the new lines in full, and no others of the file than those around them"));
    }

    private static String inWords(WorkspacePath path, String line, String advice) {
        return path + ": `" + PatchLines.shown(line.strip()) + "` stands for text that is not sent; send " + advice;
    }
}
