package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.Where;
import java.util.List;

/** Finds the place of a hunk that only adds lines and names no line beside them. */
final class Insertion {
    private final Lookup lookup;
    private final Anchors anchors;
    private final int count;

    Insertion(Lookup lookup, Anchors anchors) {
        this.lookup = lookup;
        this.anchors = anchors;
        this.count = lookup.file().count();
    }

    Location locate(Wanted wanted) {
        return switch (wanted.hunk().where()) {
            case Where.Stated stated -> stated(wanted, stated);
            case Where.Anchored(List<String> names, boolean _) when names.isEmpty() -> atTheEnd(wanted, true);
            case Where.Anchored(List<String> names, boolean _) -> below(wanted, names);
            case Where.Anywhere _ -> atTheEnd(wanted, count == 0);
        };
    }

    /** A hunk without context, as {@code diff -U0} makes it, comes behind the line that it names. */
    private Location stated(Wanted wanted, Where.Stated stated) {
        int line = stated.line().orElse(0);
        if (!stated.countsHold() || line < 1 || line >= count || isUnderAnother(stated, line)) {
            return atTheEnd(wanted, line == count);
        }
        boolean there = wanted.canBeRecognised() && lookup.holds(line, wanted.after(), Pass.LINE_ENDINGS);
        return there ? new Location.Already() : new Location.At(line, Pass.EXACT, false);
    }

    private boolean isUnderAnother(Where.Stated stated, int line) {
        int[] headings = stated.heading().isBlank() ? new int[0] : anchors.find(List.of(stated.heading()));
        return headings.length > 0
                && anchors.narrowByHeading(headings, List.of(line)).isEmpty();
    }

    private Location atTheEnd(Wanted wanted, boolean said) {
        int there = count - wanted.after().size();
        if (wanted.canBeRecognised() && lookup.holds(there, wanted.after(), Pass.LINE_ENDINGS)) {
            return new Location.Already();
        }
        return said || count == 0
                ? new Location.At(count, Pass.EXACT, false)
                : new Location.Unknown(wanted.hunk().name()
                        + " only adds lines and names none that are there, so its place in a file of " + count
                        + (count == 1 ? " line" : " lines")
                        + " cannot be told. Send it with the lines above and below, as they stand in the file");
    }

    private Location below(Wanted wanted, List<String> names) {
        int[] found = anchors.find(names);
        if (found.length != 1) {
            return new Location.Unknown(new Refusal(lookup).anchor(wanted, names, found, List.of()));
        }
        int start = found[0] + 1;
        boolean there = wanted.canBeRecognised() && lookup.holds(start, wanted.after(), Pass.TRAILING_SPACE);
        return there ? new Location.Already() : new Location.At(start, Pass.EXACT, true);
    }
}
