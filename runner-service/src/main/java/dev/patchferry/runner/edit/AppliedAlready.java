package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.Where;
import java.util.List;
import java.util.OptionalInt;

/** Tells a hunk that was applied already from one whose new lines happen to stand somewhere. */
record AppliedAlready(Lookup lookup, Anchors anchors) {
    /** Whether the hunk's new lines stand where it says, or in one place with lines around them that stay. */
    boolean is(Wanted wanted) {
        if (!wanted.canBeRecognised() || wanted.after().isEmpty()) {
            return false;
        }
        List<Integer> places = lookup.placesOfNewLines(wanted);
        boolean surrounded = places.size() == 1 && wanted.hasTellingContext();
        return switch (wanted.hunk().where()) {
            case Where.Stated stated -> surrounded || standsAt(stated.line(), places);
            case Where.Anywhere anywhere -> surrounded || standsAt(anywhere.line(), places);
            case Where.Anchored(List<String> names, boolean _) when names.isEmpty() -> surrounded;
            case Where.Anchored(List<String> names, boolean _) ->
                anchors.narrow(anchors.find(names), places).size() == 1;
        };
    }

    /** Whether a line that is said, from 1, is one of these places. */
    static boolean standsAt(OptionalInt line, List<Integer> places) {
        return line.isPresent() && places.contains(line.getAsInt() - 1);
    }
}
