package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.EitherHunk;
import dev.patchferry.engine.plan.ElidedHunk;
import dev.patchferry.engine.plan.HunkPosition;
import dev.patchferry.engine.plan.LineHunk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Applies hunks of lines to a file, together: every hunk is looked for in the file as it was, and all that they change
 * is changed at once. Hunks that are each about what the one before left are looked for again in that where it matters.
 */
final class LineEdit {
    private static final int MOST_REFUSALS = 20;

    private final FileLines.Breaks breaks;
    private final Deadline deadline;
    private final Set<Grade> grades = EnumSet.noneOf(Grade.class);
    private final Refusals refusals = new Refusals();
    /** What the placed hunks add, as the most forgiving pass sees it; a later hunk may be about it. */
    private final Set<Integer> added = new HashSet<>();

    /** What was made part of the file, in order. */
    private final List<ResolvedHunks> settled = new ArrayList<>();

    private FileIndexes fileIndexes;
    private ResolvedHunks resolvedHunks;

    LineEdit(byte[] content, FileLines.Breaks breaks, Deadline deadline) {
        this.breaks = breaks;
        this.deadline = deadline;
        this.fileIndexes = new FileIndexes(FileLines.of(content, breaks), deadline);
        this.resolvedHunks = new ResolvedHunks(fileIndexes.file());
    }

    void apply(LineHunk hunk) {
        deadline.check();
        if (refusals.count() >= MOST_REFUSALS) {
            refusals.add("");
            return;
        }
        HunkPattern hunkPattern = HunkPattern.of(asOfNow(hunk));
        boolean sequential = hunk.where() instanceof HunkPosition.Anywhere;
        if (sequential && mayBeAboutEarlierHunks(hunkPattern)) {
            settle();
            hunkPattern = HunkPattern.of(asOfNow(hunk));
        }
        Location location = locate(hunkPattern);
        if (sequential && location instanceof Location.Unknown && !resolvedHunks.isEmpty()) {
            settle();
            hunkPattern = HunkPattern.of(asOfNow(hunk));
            location = locate(hunkPattern);
        }
        boolean unknown = location instanceof Location.Unknown;
        if (!unknown || !(takeWithoutBlankEdges(asOfNow(hunk)) || takeInOneLine(hunkPattern))) {
            take(hunkPattern, location);
        }
    }

    /** The number of a line is that of the file as it was; the hunks before may have moved it, or taken it away. */
    private LineHunk asOfNow(LineHunk hunk) {
        if (settled.isEmpty() || !(hunk.where() instanceof HunkPosition.Anywhere(OptionalInt line)) || line.isEmpty()) {
            return hunk;
        }
        OptionalInt now = OptionalInt.of(line.getAsInt() - 1);
        for (ResolvedHunks earlier : settled) {
            now = now.isPresent() ? earlier.moved(now.getAsInt()) : now;
        }
        OptionalInt number = now.isPresent() ? OptionalInt.of(now.getAsInt() + 1) : now;
        return new LineHunk(hunk.name(), hunk.lines(), new HunkPosition.Anywhere(number));
    }

    /** A block of one line that stands nowhere as a line may be a part of one. */
    private boolean takeInOneLine(HunkPattern hunkPattern) {
        Optional<PartOfLine> part =
                resolvedHunks.isEmpty() ? PartOfLine.find(hunkPattern, fileIndexes.file(), deadline) : Optional.empty();
        part.ifPresent(found -> {
            resolvedHunks.add(
                    found.line(),
                    hunkPattern,
                    List.of(found.splice()),
                    fileIndexes.file().isEnded());
            grades.add(Grade.PART_OF_LINE);
        });
        return part.isPresent();
    }

    private boolean takeWithoutBlankEdges(LineHunk hunk) {
        Optional<BlankEdges> edges = BlankEdges.without(hunk);
        if (edges.isEmpty()) {
            return false;
        }
        HunkPattern core = HunkPattern.of(edges.get().core());
        boolean fits = locate(core) instanceof Location.At at
                && edges.get()
                        .fits(
                                fileIndexes.file(),
                                at.start(),
                                at.start() + core.before().size());
        if (fits) {
            take(core, locate(core));
            grades.add(Grade.BLANK_LINES);
        }
        return fits;
    }

    /** The lines that the counts leave out are context where they stand in the file. */
    void apply(EitherHunk hunk) {
        boolean fits = !(locate(HunkPattern.of(hunk.whole())) instanceof Location.Unknown);
        apply(fits ? hunk.whole() : hunk.counted());
    }

    /** Dots are text where such text stands; else they stand for what is left out. */
    void apply(ElidedHunk hunk) {
        settle();
        if (!(locate(HunkPattern.of(hunk.whole())) instanceof Location.Unknown)) {
            apply(hunk.whole());
            return;
        }
        switch (new Elisions(fileIndexes, hunk).find()) {
            case Elisions.Found.Standing(List<Elisions.Piece> pieces) ->
                pieces.forEach(piece -> take(piece.wanted(), piece.at()));
            case Elisions.Found.Already _ -> grades.add(Grade.ALREADY_APPLIED);
            case Elisions.Found.Unknown(String reason) -> refusals.add(reason);
        }
    }

    private Location locate(HunkPattern hunkPattern) {
        return new Locator(fileIndexes, resolvedHunks).locate(hunkPattern);
    }

    private void take(HunkPattern hunkPattern, Location location) {
        switch (location) {
            case Location.At at -> {
                new HunkRenderer(fileIndexes.file()).place(hunkPattern, at, resolvedHunks);
                grades.addAll(at.grades());
                newKeys(hunkPattern).forEach(added::add);
            }
            case Location.Already _ -> grades.add(Grade.ALREADY_APPLIED);
            case Location.Unknown(String reason) -> refusals.add(reason);
        }
    }

    private boolean mayBeAboutEarlierHunks(HunkPattern hunkPattern) {
        return !added.isEmpty()
                && hunkPattern.before().stream()
                        .filter(PatternLine::isTelling)
                        .anyMatch(line ->
                                added.contains(line.key(MatchLevel.UNICODE).hash()));
    }

    private static Stream<Integer> newKeys(HunkPattern hunkPattern) {
        return hunkPattern.lines().stream()
                .filter(line -> !line.isOld())
                .map(line -> line.key(MatchLevel.UNICODE).hash());
    }

    /** Makes a file of what was placed so far, to go on from there. */
    private void settle() {
        if (!resolvedHunks.isEmpty()) {
            settled.add(resolvedHunks);
            fileIndexes = new FileIndexes(FileLines.of(content(), breaks), deadline);
            resolvedHunks = new ResolvedHunks(fileIndexes.file());
            added.clear();
        }
    }

    /** The file with everything that found its place. */
    byte[] content() {
        return new HunkRenderer(fileIndexes.file()).apply(resolvedHunks);
    }

    Set<Grade> grades() {
        return grades;
    }

    Refusals refusals() {
        return refusals;
    }

    /** What could not be applied. */
    static final class Refusals {
        private String first = "";
        private int count;

        private void add(String reason) {
            first = count == 0 ? reason : first;
            count++;
        }

        int count() {
            return count;
        }

        /** The first in full: the others often follow from it. */
        String inWords() {
            return count == 1 ? first : first + ". " + (count - 1) + " more did not fit either";
        }
    }
}
