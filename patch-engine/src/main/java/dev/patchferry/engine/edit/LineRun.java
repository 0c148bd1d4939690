package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.EitherHunk;
import dev.patchferry.engine.plan.ElidedHunk;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.HunkLine;
import dev.patchferry.engine.plan.LineHunk;
import dev.patchferry.engine.plan.Placement;
import dev.patchferry.engine.plan.Replacement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Applies hunks of lines to a file's bytes. A byte order mark stays out of the comparison unless the hunks are about it;
 * lone carriage returns end lines only where the hunks do not fit otherwise and hold none themselves.
 */
final class LineRun {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Deadline deadline;

    LineRun(Deadline deadline) {
        this.deadline = deadline;
    }

    RunResult apply(byte[] content, List<Hunk> hunks) {
        boolean marked = content.length >= MARK.length && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length);
        if (!marked || lines(hunks).anyMatch(line -> line.text().startsWith("\uFEFF"))) {
            return applyToUnmarked(content, hunks);
        }
        byte[] unmarked = Arrays.copyOfRange(content, MARK.length, content.length);
        return switch (applyToUnmarked(unmarked, hunks)) {
            case RunResult.Made made -> new RunResult.Made(withMark(made.content()), made.grades());
            case RunResult.Refused refused -> refused;
        };
    }

    private RunResult applyToUnmarked(byte[] content, List<Hunk> hunks) {
        RunResult result = apply(content, hunks, FileLines.Breaks.LINE_FEED);
        if (result instanceof RunResult.Made || lines(hunks).anyMatch(LineRun::holdsLoneReturn)) {
            return result;
        }
        boolean mayBeOtherBreaks =
                FileLines.of(content, FileLines.Breaks.LINE_FEED).hasLoneReturns();
        return mayBeOtherBreaks
                        && apply(content, hunks, FileLines.Breaks.LONE_RETURN_TOO) instanceof RunResult.Made made
                ? made
                : result;
    }

    private RunResult apply(byte[] content, List<Hunk> hunks, FileLines.Breaks breaks) {
        LineEdit edit = new LineEdit(content, breaks, deadline);
        for (Hunk hunk : hunks) {
            switch (hunk) {
                case LineHunk lines -> edit.apply(lines);
                case ElidedHunk elided -> edit.apply(elided);
                case EitherHunk either -> edit.apply(either);
                case Replacement _, Placement _ ->
                    throw new IllegalArgumentException("not about lines that are looked for");
            }
        }
        return edit.refusals().count() > 0
                ? new RunResult.Refused(edit.refusals().inWords())
                : new RunResult.Made(edit.content(), edit.grades());
    }

    private static Stream<HunkLine> lines(List<Hunk> hunks) {
        return hunks.stream().flatMap(hunk -> switch (hunk) {
            case LineHunk lines -> lines.lines().stream();
            case ElidedHunk elided -> elided.whole().lines().stream();
            case EitherHunk either -> either.whole().lines().stream();
            case Replacement _, Placement _ -> Stream.empty();
        });
    }

    private static boolean holdsLoneReturn(HunkLine line) {
        int at = line.text().indexOf('\r');
        return at >= 0 && at < line.text().length() - 1;
    }

    private static byte[] withMark(byte[] content) {
        byte[] marked = Arrays.copyOf(MARK, MARK.length + content.length);
        System.arraycopy(content, 0, marked, MARK.length, content.length);
        return marked;
    }
}
