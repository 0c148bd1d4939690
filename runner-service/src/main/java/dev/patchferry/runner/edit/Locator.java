package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.Where;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the one place in a file where a hunk belongs. The strictest pass that finds its old lines anywhere decides; of
 * several places the stated line number is taken, then the order of the hunks, then the lines named above; what is
 * still open is refused. How lines end tells no places apart, since most forms cannot say it, unless the hunk says that its
 * last line is not ended.
 */
final class Locator {
    /** How many lines diff and git put before and after a change. */
    private static final int USUAL_CONTEXT = 3;

    private final Lookup lookup;
    private final Placed placed;
    private final Anchors anchors;
    private final Refusal refusal;

    Locator(Lookup lookup, Placed placed) {
        this.lookup = lookup;
        this.placed = placed;
        this.anchors = new Anchors(lookup);
        this.refusal = new Refusal(lookup);
    }

    Location locate(Wanted wanted) {
        if (wanted.before().isEmpty()) {
            return unlessTaken(wanted, new Insertion(lookup, anchors).locate(wanted));
        }
        for (Pass pass : passes(wanted)) {
            OptionalInt stated = stated(wanted, pass);
            if (stated.isPresent()) {
                return chooseStated(wanted, pass, stated.getAsInt());
            }
            List<Integer> places = places(wanted, pass);
            if (!places.isEmpty()) {
                return choose(wanted, pass, places);
            }
        }
        return new AppliedAlready(lookup, anchors).is(wanted)
                ? new Location.Already()
                : new Location.Unknown(refusal.missing(wanted));
    }

    private static Set<Pass> passes(Wanted wanted) {
        boolean saysHowLinesEnd = !wanted.before().getLast().isEnded();
        return EnumSet.range(saysHowLinesEnd ? Pass.EXACT : Pass.LINE_ENDINGS, Pass.UNICODE);
    }

    private Location unlessTaken(Wanted wanted, Location location) {
        return location instanceof Location.At at && !placed.allows(at.start(), wanted)
                ? new Location.Unknown(
                        wanted.hunk().name() + " adds lines between lines that another hunk removes, at line "
                                + at.start() + ". Send both as one hunk")
                : location;
    }

    /** The line that the hunk names, if its old lines stand there. */
    private OptionalInt stated(Wanted wanted, Pass pass) {
        if (wanted.hunk().where() instanceof Where.Stated stated
                && stated.line().isPresent()) {
            int start = stated.line().getAsInt() - 1;
            if (lookup.holds(start, wanted.before(), pass) && mayStand(wanted, pass, start)) {
                return OptionalInt.of(start);
            }
        }
        return OptionalInt.empty();
    }

    private List<Integer> places(Wanted wanted, Pass pass) {
        return Arrays.stream(lookup.index(pass).find(wanted.before()))
                .filter(start -> mayStand(wanted, pass, start))
                .boxed()
                .toList();
    }

    private boolean mayStand(Wanted wanted, Pass pass, int start) {
        return placed.allows(start, wanted) && (!pass.forgivesIndentation() || mayBeIndented(wanted, start));
    }

    /** How far the indentation may differ: all lines of a block alike, a single line only where the hunk names it. */
    private boolean mayBeIndented(Wanted wanted, int start) {
        Indentation indentation = Indentation.of(wanted, start, lookup.file());
        return switch (wanted.hunk().where()) {
            case Where.Anywhere(OptionalInt line) ->
                indentation.isUniform()
                        && (!indentation.isOneLineElsewhere() || line.equals(OptionalInt.of(start + 1)));
            case Where.Stated stated ->
                stated.countsHold()
                        || (!LostMark.isLikely(wanted, start, lookup.file())
                                && (!indentation.isOneLineElsewhere()
                                        || stated.line().equals(OptionalInt.of(start + 1))));
            case Where.Anchored(List<String> names, boolean _) ->
                !LostMark.isLikely(wanted, start, lookup.file())
                        && (!indentation.isOneLineElsewhere() || !names.isEmpty());
        };
    }

    private Location choose(Wanted wanted, Pass pass, List<Integer> places) {
        return switch (wanted.hunk().where()) {
            case Where.Stated stated -> chooseStated(wanted, pass, inOrder(places), stated);
            case Where.Anchored anchored -> chooseAnchored(wanted, pass, places, anchored);
            case Where.Anywhere(OptionalInt line) -> chooseAnywhere(wanted, pass, places, line);
        };
    }

    /** Its number, which is that of the file as it is by now, says which of several places is meant. */
    private Location chooseAnywhere(Wanted wanted, Pass pass, List<Integer> places, OptionalInt line) {
        boolean told = places.size() > 1 && AppliedAlready.standsAt(line, places);
        return only(wanted, pass, told ? List.of(line.getAsInt() - 1) : places, false);
    }

    /** Its number says that the hunk stands here, unless that it ends the file, or its heading, says otherwise. */
    private Location chooseStated(Wanted wanted, Pass pass, int stated) {
        if (wanted.hunk().where() instanceof Where.Stated where
                && !where.heading().isBlank()) {
            List<Integer> places = places(wanted, pass);
            List<Integer> named = anchors.narrowByHeading(anchors.find(List.of(where.heading())), places);
            if (places.size() > 1 && !named.isEmpty() && !named.contains(stated)) {
                return new Location.Unknown(refusal.ambiguous(
                        wanted,
                        Stream.concat(Stream.of(stated), named.stream())
                                .sorted()
                                .toList()));
            }
        }
        int last = lastPlace(wanted);
        boolean alsoLast = last != stated && endsTheFile(wanted) && standsLast(wanted, pass);
        return alsoLast
                ? new Location.Unknown(refusal.ambiguous(wanted, List.of(stated, last)))
                : unlessThere(wanted, at(wanted, pass, stated, false));
    }

    private Location chooseStated(Wanted wanted, Pass pass, List<Integer> places, Where.Stated stated) {
        if (!stated.heading().isBlank()) {
            int[] headings = anchors.find(List.of(stated.heading()));
            List<Integer> named = anchors.narrowByHeading(headings, places);
            if (named.size() == 1) {
                return only(wanted, pass, named, places.size() > 1);
            }
            if (headings.length > 0 && named.isEmpty()) {
                return new Location.Unknown(refusal.anchor(wanted, List.of(stated.heading()), headings, places));
            }
        }
        if (places.size() > 1 && endsTheFile(wanted) && standsLast(wanted, pass)) {
            return only(wanted, pass, List.of(lastPlace(wanted)), false);
        }
        return only(wanted, pass, places, false);
    }

    private Location chooseAnchored(Wanted wanted, Pass pass, List<Integer> all, Where.Anchored anchored) {
        int end = lastPlace(wanted);
        List<Integer> places =
                anchored.atEnd() ? all.stream().filter(start -> start == end).toList() : all;
        if (places.isEmpty()) {
            return new Location.Unknown(refusal.notAtEnd(wanted, all));
        }
        if (anchored.anchors().isEmpty()) {
            return only(wanted, pass, inOrder(places), false);
        }
        int[] found = anchors.find(anchored.anchors());
        return tiers(places).stream()
                .map(tier -> anchors.narrow(found, tier))
                .filter(named -> !named.isEmpty())
                .findFirst()
                .map(named -> only(wanted, pass, named, places.size() > 1))
                .orElseGet(() -> new Location.Unknown(refusal.anchor(wanted, anchored.anchors(), found, places)));
    }

    private Location only(Wanted wanted, Pass pass, List<Integer> places, boolean byAnchor) {
        return places.size() == 1
                ? unlessThere(wanted, at(wanted, pass, places.getFirst(), byAnchor))
                : new Location.Unknown(refusal.ambiguous(wanted, places));
    }

    private Location.At at(Wanted wanted, Pass pass, int start, boolean byAnchor) {
        boolean exact = pass == Pass.LINE_ENDINGS && lookup.holds(start, wanted.before(), Pass.EXACT);
        return new Location.At(start, exact ? Pass.EXACT : pass, byAnchor);
    }

    /** Places behind the hunk before this one, if there are any: hunks come in the order of the file. */
    private List<Integer> inOrder(List<Integer> places) {
        return tiers(places).stream()
                .filter(tier -> !tier.isEmpty())
                .findFirst()
                .orElse(places);
    }

    /** The same places, the likelier ones in order of the hunks alone, then with shared context, then all. */
    private List<List<Integer>> tiers(List<Integer> places) {
        return List.of(from(placed.endOfMatch(), places), from(placed.endOfChange(), places), places);
    }

    private static List<Integer> from(int first, List<Integer> places) {
        return places.stream().filter(start -> start >= first).toList();
    }

    /**
     * A whole hunk with all of its context before the change and none after it was made at the end of the file; git takes
     * it for that, too. Fewer lines of context may be all that a sender cared to write.
     */
    private static boolean endsTheFile(Wanted wanted) {
        return wanted.hunk().where() instanceof Where.Stated stated
                && stated.countsHold()
                && stated.line().orElse(0) > 1
                && wanted.hunk().leadingContext() >= USUAL_CONTEXT
                && wanted.hunk().trailingContext() == 0;
    }

    private boolean standsLast(Wanted wanted, Pass pass) {
        int last = lastPlace(wanted);
        return lookup.holds(last, wanted.before(), pass) && mayStand(wanted, pass, last);
    }

    /** Where the hunk would end with the file. */
    private int lastPlace(Wanted wanted) {
        return lookup.file().count() - wanted.before().size();
    }

    private boolean fitsTheEnds(Wanted wanted, int start) {
        boolean withoutContext = wanted.hunk().leadingContext() + wanted.hunk().trailingContext() == 0;
        return withoutContext || wanted.hunk().trailingContext() > 0 || start == lastPlace(wanted);
    }

    /**
     * Adding lines below (or above) others that have them there already would double them; only a whole hunk that stands
     * exactly where it says is believed to want that.
     */
    private Location unlessThere(Wanted wanted, Location.At at) {
        boolean exactlyAsSaid = at.pass() == Pass.EXACT
                && wanted.hunk().where() instanceof Where.Stated stated
                && stated.countsHold()
                && stated.line().equals(OptionalInt.of(at.start() + 1))
                && fitsTheEnds(wanted, at.start());
        boolean there = !exactlyAsSaid
                && !wanted.removes()
                && wanted.canBeRecognised()
                && lookup.holds(at.start() - wanted.leadingAdditions(), wanted.after(), at.pass());
        return there ? new Location.Already() : at;
    }
}
