package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.ElidedHunk;
import dev.patchferry.engine.plan.HunkLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the parts of a hunk between lines of dots: one behind the other, each in what the ones before it head, in one way
 * alone.
 */
final class Elisions {
    private static final int MOST_WAYS = 100;
    private static final Set<MatchLevel> PASSES = EnumSet.range(MatchLevel.LINE_ENDINGS, MatchLevel.UNICODE);

    private final FileIndexes fileIndexes;
    private final Refusal refusal;
    private final List<HunkPattern> pieces;
    private final Parts parts;

    Elisions(FileIndexes fileIndexes, ElidedHunk hunk) {
        this.fileIndexes = fileIndexes;
        this.refusal = new Refusal(fileIndexes);
        this.parts = new Parts(fileIndexes);
        this.pieces = hunk.pieces().stream()
                .map(lines -> HunkPattern.of(hunk.whole(), lines))
                .toList();
    }

    /** Where a part stands. */
    record Piece(HunkPattern wanted, Location.At at) {}

    /** What came of it. */
    sealed interface Found {
        record Standing(List<Piece> pieces) implements Found {}

        record Already() implements Found {}

        record Unknown(String reason) implements Found {}
    }

    Found find() {
        for (MatchLevel matchLevel : PASSES) {
            List<List<Integer>> ways = ways(matchLevel, false);
            if (ways.size() == 1) {
                return new Found.Standing(standing(matchLevel, ways.getFirst()));
            }
            if (ways.size() > 1) {
                return new Found.Unknown(ambiguous(ways));
            }
        }
        boolean says = pieces.stream().anyMatch(HunkPattern::canBeRecognised)
                && pieces.stream().anyMatch(HunkPattern::hasTellingContext);
        return says && ways(MatchLevel.TRAILING_SPACE, true).size() == 1
                ? new Found.Already()
                : new Found.Unknown(missing());
    }

    private List<Piece> standing(MatchLevel matchLevel, List<Integer> starts) {
        List<Piece> found = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            boolean exact = matchLevel == MatchLevel.LINE_ENDINGS
                    && fileIndexes.holds(starts.get(i), pieces.get(i).before(), MatchLevel.EXACT);
            found.add(new Piece(
                    pieces.get(i), new Location.At(starts.get(i), exact ? MatchLevel.EXACT : matchLevel, false)));
        }
        return found;
    }

    private List<List<Integer>> ways(MatchLevel matchLevel, boolean after) {
        List<List<Integer>> ways = List.of(List.of());
        for (int i = 0; i < pieces.size() && !ways.isEmpty(); i++) {
            List<PatternLine> lines = lines(i, after);
            if (lines.isEmpty()) {
                return List.of();
            }
            int[] places = fileIndexes.index(matchLevel).find(lines);
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> way : ways) {
                fileIndexes.deadline().check();
                Arrays.stream(places)
                        .filter(place -> mayFollow(way, place, matchLevel, after))
                        .limit(MOST_WAYS)
                        .forEach(place -> longer.add(and(way, place)));
            }
            ways = longer.subList(0, Math.min(longer.size(), MOST_WAYS));
        }
        return ways;
    }

    private List<PatternLine> lines(int piece, boolean after) {
        return after ? pieces.get(piece).after() : pieces.get(piece).before();
    }

    private static List<Integer> and(List<Integer> way, int place) {
        List<Integer> longer = new ArrayList<>(way);
        longer.add(place);
        return longer;
    }

    private boolean mayFollow(List<Integer> way, int place, MatchLevel matchLevel, boolean after) {
        int piece = way.size();
        boolean shaped = !matchLevel.forgivesIndentation()
                || after
                || Indentation.of(pieces.get(piece), place, fileIndexes.file()).isUniform();
        if (!shaped || way.isEmpty()) {
            return shaped;
        }
        int depth = depth(place, lines(piece, after).size());
        for (int i = piece - 1; i >= 0; i--) {
            int start = way.get(i);
            int end = start + lines(i, after).size();
            if (i == piece - 1 && place < end) {
                return false;
            }
            for (int line = end - 1; line >= start; line--) {
                if (parts.isTelling(line) && parts.depth(line) < depth) {
                    return place < parts.endOf(line);
                }
            }
        }
        return true;
    }

    /** The indentation of the first line here that says something. */
    private int depth(int start, int count) {
        for (int line = start; line < start + count; line++) {
            if (parts.isTelling(line)) {
                return parts.depth(line);
            }
        }
        return parts.depth(start);
    }

    private String ambiguous(List<List<Integer>> ways) {
        for (int i = 0; i < pieces.size(); i++) {
            int piece = i;
            List<Integer> places =
                    ways.stream().map(way -> way.get(piece)).distinct().sorted().toList();
            if (places.size() > 1) {
                return "part " + (i + 1) + " of " + refusal.ambiguous(pieces.get(i), places);
            }
        }
        throw new IllegalArgumentException("several ways differ somewhere");
    }

    private String missing() {
        for (int i = 0; i < pieces.size(); i++) {
            if (fileIndexes.index(MatchLevel.UNICODE).find(pieces.get(i).before()).length == 0) {
                return "part " + (i + 1) + " of " + refusal.missing(pieces.get(i));
            }
        }
        HunkLine first = pieces.getLast().hunk().lines().getFirst();
        return pieces.getFirst().hunk().name() + " does not fit: the parts between its lines of dots, from `"
                + NearestLines.cut(first.text())
                + "` on, do not stand one behind the other, each in what the one before"
                + " heads. Send the lines that are left out";
    }
}
