package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkPosition;
import java.util.List;
import java.util.OptionalInt;

/** Tells a hunk that was applied already from one whose new lines happen to stand somewhere. */
record AppliedAlready(FileIndexes lookup, Anchors anchors) {
    /** Whether the hunk's new lines stand where it says, or in one place with lines around them that stay. */
    boolean is(HunkPattern hunkPattern) {
        if (!hunkPattern.canBeRecognised() || hunkPattern.after().isEmpty()) {
            return false;
        }
        List<Integer> places = lookup.placesOfNewLines(hunkPattern);
        boolean surrounded = places.size() == 1 && hunkPattern.hasTellingContext();
        return switch (hunkPattern.hunk().where()) {
            case HunkPosition.Stated stated -> surrounded || standsAt(stated.line(), places);
            case HunkPosition.Anywhere anywhere -> surrounded || standsAt(anywhere.line(), places);
            case HunkPosition.Anchored(List<String> names, boolean _) when names.isEmpty() -> surrounded;
            case HunkPosition.Anchored(List<String> names, boolean _) ->
                anchors.narrow(anchors.find(names), places).size() == 1;
        };
    }

    /** Whether a line that is said, from 1, is one of these places. */
    static boolean standsAt(OptionalInt line, List<Integer> places) {
        return line.isPresent() && places.contains(line.getAsInt() - 1);
    }
}
