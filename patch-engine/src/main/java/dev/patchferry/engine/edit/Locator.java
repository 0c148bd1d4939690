package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkPosition;
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

    private final FileIndexes fileIndexes;
    private final ResolvedHunks resolvedHunks;
    private final Anchors anchors;
    private final Refusal refusal;

    Locator(FileIndexes fileIndexes, ResolvedHunks resolvedHunks) {
        this.fileIndexes = fileIndexes;
        this.resolvedHunks = resolvedHunks;
        this.anchors = new Anchors(fileIndexes);
        this.refusal = new Refusal(fileIndexes);
    }

    Location locate(HunkPattern hunkPattern) {
        if (hunkPattern.before().isEmpty()) {
            return unlessTaken(hunkPattern, new Insertion(fileIndexes, anchors).locate(hunkPattern));
        }
        for (MatchLevel matchLevel : passes(hunkPattern)) {
            OptionalInt stated = stated(hunkPattern, matchLevel);
            if (stated.isPresent()) {
                return chooseStated(hunkPattern, matchLevel, stated.getAsInt());
            }
            List<Integer> places = places(hunkPattern, matchLevel);
            if (!places.isEmpty()) {
                return choose(hunkPattern, matchLevel, places);
            }
        }
        return new AppliedAlready(fileIndexes, anchors).is(hunkPattern)
                ? new Location.Already()
                : new Location.Unknown(refusal.missing(hunkPattern));
    }

    private static Set<MatchLevel> passes(HunkPattern hunkPattern) {
        boolean saysHowLinesEnd = !hunkPattern.before().getLast().isEnded();
        return EnumSet.range(saysHowLinesEnd ? MatchLevel.EXACT : MatchLevel.LINE_ENDINGS, MatchLevel.UNICODE);
    }

    private Location unlessTaken(HunkPattern hunkPattern, Location location) {
        return location instanceof Location.At at && !resolvedHunks.allows(at.start(), hunkPattern)
                ? new Location.Unknown(
                        hunkPattern.hunk().name() + " adds lines between lines that another hunk removes, at line "
                                + at.start() + ". Send both as one hunk")
                : location;
    }

    /** The line that the hunk names, if its old lines stand there. */
    private OptionalInt stated(HunkPattern hunkPattern, MatchLevel matchLevel) {
        if (hunkPattern.hunk().where() instanceof HunkPosition.Stated stated
                && stated.line().isPresent()) {
            int start = stated.line().getAsInt() - 1;
            if (fileIndexes.holds(start, hunkPattern.before(), matchLevel)
                    && mayStand(hunkPattern, matchLevel, start)) {
                return OptionalInt.of(start);
            }
        }
        return OptionalInt.empty();
    }

    private List<Integer> places(HunkPattern hunkPattern, MatchLevel matchLevel) {
        return Arrays.stream(fileIndexes.index(matchLevel).find(hunkPattern.before()))
                .filter(start -> mayStand(hunkPattern, matchLevel, start))
                .boxed()
                .toList();
    }

    private boolean mayStand(HunkPattern hunkPattern, MatchLevel matchLevel, int start) {
        return resolvedHunks.allows(start, hunkPattern)
                && (!matchLevel.forgivesIndentation() || mayBeIndented(hunkPattern, start));
    }

    /** How far the indentation may differ: all lines of a block alike, a single line only where the hunk names it. */
    private boolean mayBeIndented(HunkPattern hunkPattern, int start) {
        Indentation indentation = Indentation.of(hunkPattern, start, fileIndexes.file());
        return switch (hunkPattern.hunk().where()) {
            case HunkPosition.Anywhere(OptionalInt line) ->
                indentation.isUniform()
                        && (!indentation.isOneLineElsewhere() || line.equals(OptionalInt.of(start + 1)));
            case HunkPosition.Stated stated ->
                stated.countsHold()
                        || (!LostMark.isLikely(hunkPattern, start, fileIndexes.file())
                                && (!indentation.isOneLineElsewhere()
                                        || stated.line().equals(OptionalInt.of(start + 1))));
            case HunkPosition.Anchored(List<String> names, boolean _) ->
                !LostMark.isLikely(hunkPattern, start, fileIndexes.file())
                        && (!indentation.isOneLineElsewhere() || !names.isEmpty());
        };
    }

    private Location choose(HunkPattern hunkPattern, MatchLevel matchLevel, List<Integer> places) {
        return switch (hunkPattern.hunk().where()) {
            case HunkPosition.Stated stated -> chooseStated(hunkPattern, matchLevel, inOrder(places), stated);
            case HunkPosition.Anchored anchored -> chooseAnchored(hunkPattern, matchLevel, places, anchored);
            case HunkPosition.Anywhere(OptionalInt line) -> chooseAnywhere(hunkPattern, matchLevel, places, line);
        };
    }

    /** Its number, which is that of the file as it is by now, says which of several places is meant. */
    private Location chooseAnywhere(
            HunkPattern hunkPattern, MatchLevel matchLevel, List<Integer> places, OptionalInt line) {
        boolean told = places.size() > 1 && AppliedAlready.standsAt(line, places);
        return only(hunkPattern, matchLevel, told ? List.of(line.getAsInt() - 1) : places, false);
    }

    /** Its number says that the hunk stands here, unless that it ends the file, or its heading, says otherwise. */
    private Location chooseStated(HunkPattern hunkPattern, MatchLevel matchLevel, int stated) {
        if (hunkPattern.hunk().where() instanceof HunkPosition.Stated where
                && !where.heading().isBlank()) {
            List<Integer> places = places(hunkPattern, matchLevel);
            List<Integer> named = anchors.narrowByHeading(anchors.find(List.of(where.heading())), places);
            if (places.size() > 1 && !named.isEmpty() && !named.contains(stated)) {
                return new Location.Unknown(refusal.ambiguous(
                        hunkPattern,
                        Stream.concat(Stream.of(stated), named.stream())
                                .sorted()
                                .toList()));
            }
        }
        int last = lastPlace(hunkPattern);
        boolean alsoLast = last != stated && endsTheFile(hunkPattern) && standsLast(hunkPattern, matchLevel);
        return alsoLast
                ? new Location.Unknown(refusal.ambiguous(hunkPattern, List.of(stated, last)))
                : unlessThere(hunkPattern, at(hunkPattern, matchLevel, stated, false));
    }

    private Location chooseStated(
            HunkPattern hunkPattern, MatchLevel matchLevel, List<Integer> places, HunkPosition.Stated stated) {
        if (!stated.heading().isBlank()) {
            int[] headings = anchors.find(List.of(stated.heading()));
            List<Integer> named = anchors.narrowByHeading(headings, places);
            if (named.size() == 1) {
                return only(hunkPattern, matchLevel, named, places.size() > 1);
            }
            if (headings.length > 0 && named.isEmpty()) {
                return new Location.Unknown(refusal.anchor(hunkPattern, List.of(stated.heading()), headings, places));
            }
        }
        if (places.size() > 1 && endsTheFile(hunkPattern) && standsLast(hunkPattern, matchLevel)) {
            return only(hunkPattern, matchLevel, List.of(lastPlace(hunkPattern)), false);
        }
        return only(hunkPattern, matchLevel, places, false);
    }

    private Location chooseAnchored(
            HunkPattern hunkPattern, MatchLevel matchLevel, List<Integer> all, HunkPosition.Anchored anchored) {
        int end = lastPlace(hunkPattern);
        List<Integer> places =
                anchored.atEnd() ? all.stream().filter(start -> start == end).toList() : all;
        if (places.isEmpty()) {
            return new Location.Unknown(refusal.notAtEnd(hunkPattern, all));
        }
        if (anchored.anchors().isEmpty()) {
            return only(hunkPattern, matchLevel, inOrder(places), false);
        }
        int[] found = anchors.find(anchored.anchors());
        return tiers(places).stream()
                .map(tier -> anchors.narrow(found, tier))
                .filter(named -> !named.isEmpty())
                .findFirst()
                .map(named -> only(hunkPattern, matchLevel, named, places.size() > 1))
                .orElseGet(() -> new Location.Unknown(refusal.anchor(hunkPattern, anchored.anchors(), found, places)));
    }

    private Location only(HunkPattern hunkPattern, MatchLevel matchLevel, List<Integer> places, boolean byAnchor) {
        return places.size() == 1
                ? unlessThere(hunkPattern, at(hunkPattern, matchLevel, places.getFirst(), byAnchor))
                : new Location.Unknown(refusal.ambiguous(hunkPattern, places));
    }

    private Location.At at(HunkPattern hunkPattern, MatchLevel matchLevel, int start, boolean byAnchor) {
        boolean exact = matchLevel == MatchLevel.LINE_ENDINGS
                && fileIndexes.holds(start, hunkPattern.before(), MatchLevel.EXACT);
        return new Location.At(start, exact ? MatchLevel.EXACT : matchLevel, byAnchor);
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
        return List.of(from(resolvedHunks.endOfMatch(), places), from(resolvedHunks.endOfChange(), places), places);
    }

    private static List<Integer> from(int first, List<Integer> places) {
        return places.stream().filter(start -> start >= first).toList();
    }

    /**
     * A whole hunk with all of its context before the change and none after it was made at the end of the file; git takes
     * it for that, too. Fewer lines of context may be all that a sender cared to write.
     */
    private static boolean endsTheFile(HunkPattern hunkPattern) {
        return hunkPattern.hunk().where() instanceof HunkPosition.Stated stated
                && stated.countsHold()
                && stated.line().orElse(0) > 1
                && hunkPattern.hunk().leadingContext() >= USUAL_CONTEXT
                && hunkPattern.hunk().trailingContext() == 0;
    }

    private boolean standsLast(HunkPattern hunkPattern, MatchLevel matchLevel) {
        int last = lastPlace(hunkPattern);
        return fileIndexes.holds(last, hunkPattern.before(), matchLevel) && mayStand(hunkPattern, matchLevel, last);
    }

    /** Where the hunk would end with the file. */
    private int lastPlace(HunkPattern hunkPattern) {
        return fileIndexes.file().count() - hunkPattern.before().size();
    }

    private boolean fitsTheEnds(HunkPattern hunkPattern, int start) {
        boolean withoutContext =
                hunkPattern.hunk().leadingContext() + hunkPattern.hunk().trailingContext() == 0;
        return withoutContext || hunkPattern.hunk().trailingContext() > 0 || start == lastPlace(hunkPattern);
    }

    /**
     * Adding lines below (or above) others that have them there already would double them; only a whole hunk that stands
     * exactly where it says is believed to want that.
     */
    private Location unlessThere(HunkPattern hunkPattern, Location.At at) {
        boolean exactlyAsSaid = at.pass() == MatchLevel.EXACT
                && hunkPattern.hunk().where() instanceof HunkPosition.Stated stated
                && stated.countsHold()
                && stated.line().equals(OptionalInt.of(at.start() + 1))
                && fitsTheEnds(hunkPattern, at.start());
        boolean there = !exactlyAsSaid
                && !hunkPattern.removes()
                && hunkPattern.canBeRecognised()
                && fileIndexes.holds(at.start() - hunkPattern.leadingAdditions(), hunkPattern.after(), at.pass());
        return there ? new Location.Already() : at;
    }
}
