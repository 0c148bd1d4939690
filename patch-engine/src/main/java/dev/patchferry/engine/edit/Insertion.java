package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkPosition;
import java.util.List;

/** Finds the place of a hunk that only adds lines and names no line beside them. */
final class Insertion {
    private final FileIndexes fileIndexes;
    private final Anchors anchors;
    private final int count;

    Insertion(FileIndexes fileIndexes, Anchors anchors) {
        this.fileIndexes = fileIndexes;
        this.anchors = anchors;
        this.count = fileIndexes.file().count();
    }

    Location locate(HunkPattern hunkPattern) {
        return switch (hunkPattern.hunk().where()) {
            case HunkPosition.Stated stated -> stated(hunkPattern, stated);
            case HunkPosition.Anchored(List<String> names, boolean _)
            when names.isEmpty() -> atTheEnd(hunkPattern, true);
            case HunkPosition.Anchored(List<String> names, boolean _) -> below(hunkPattern, names);
            case HunkPosition.Anywhere _ -> atTheEnd(hunkPattern, count == 0);
        };
    }

    /** A hunk without context, as {@code diff -U0} makes it, comes behind the line that it names. */
    private Location stated(HunkPattern hunkPattern, HunkPosition.Stated stated) {
        int line = stated.line().orElse(0);
        if (!stated.countsHold() || line < 1 || line >= count || isUnderAnother(stated, line)) {
            return atTheEnd(hunkPattern, line == count);
        }
        boolean there =
                hunkPattern.canBeRecognised() && fileIndexes.holds(line, hunkPattern.after(), MatchLevel.LINE_ENDINGS);
        return there ? new Location.Already() : new Location.At(line, MatchLevel.EXACT, false);
    }

    private boolean isUnderAnother(HunkPosition.Stated stated, int line) {
        int[] headings = stated.heading().isBlank() ? new int[0] : anchors.find(List.of(stated.heading()));
        return headings.length > 0
                && anchors.narrowByHeading(headings, List.of(line)).isEmpty();
    }

    private Location atTheEnd(HunkPattern hunkPattern, boolean said) {
        int there = count - hunkPattern.after().size();
        if (hunkPattern.canBeRecognised() && fileIndexes.holds(there, hunkPattern.after(), MatchLevel.LINE_ENDINGS)) {
            return new Location.Already();
        }
        return said || count == 0
                ? new Location.At(count, MatchLevel.EXACT, false)
                : new Location.Unknown(hunkPattern.hunk().name()
                        + " only adds lines and names none that are there, so its place in a file of " + count
                        + (count == 1 ? " line" : " lines")
                        + " cannot be told. Send it with the lines above and below, as they stand in the file");
    }

    private Location below(HunkPattern hunkPattern, List<String> names) {
        int[] found = anchors.find(names);
        if (found.length != 1) {
            return new Location.Unknown(new Refusal(fileIndexes).anchor(hunkPattern, names, found, List.of()));
        }
        int start = found[0] + 1;
        boolean there = hunkPattern.canBeRecognised()
                && fileIndexes.holds(start, hunkPattern.after(), MatchLevel.TRAILING_SPACE);
        return there ? new Location.Already() : new Location.At(start, MatchLevel.EXACT, true);
    }
}
