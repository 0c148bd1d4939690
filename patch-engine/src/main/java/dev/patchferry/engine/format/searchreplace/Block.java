package dev.patchferry.engine.format.searchreplace;

import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.EitherHunk;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.HunkLine;
import dev.patchferry.engine.plan.HunkPosition;
import dev.patchferry.engine.plan.LineHunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * One block.
 *
 * @param search the lines to look for; none makes a file
 * @param replace the lines to put there
 * @param line where the first of them is said to stand
 * @param asSent the same with all that was taken for a tool's, for when it stands in the file like that
 */
record Block(List<String> search, List<String> replace, OptionalInt line, Optional<Block> asSent) {
    static boolean opens(String line) {
        return Marker.opening(line).isPresent();
    }

    /** Reads the block that begins here; markers as long as the first are its own, any others may be text. */
    static Block read(PatchLines lines) {
        Optional<Marker> own = Marker.opening(lines.peek());
        int length = own.map(Marker::length).orElse(0);
        int end = first(
                        lines,
                        line -> Marker.closing(line).equals(own)
                                || Marker.opening(line).equals(own))
                .filter(at -> !opens(lines.peek(at)))
                .or(() -> first(lines, line -> Marker.closing(line).isPresent()))
                .orElseThrow(() -> lines.fault("the block has no line >>>>>>> REPLACE; it may have been cut off"));
        List<Integer> dividers = dividers(lines, end, length);
        if (dividers.size() != 1) {
            throw lines.fault(
                    dividers.isEmpty()
                            ? "the block has no line ======= between what is searched and what replaces it"
                            : "the block has several lines ======= and it cannot be told which divides it; give its own"
                                    + " three markers another length, such as <<<<<<<<< SEARCH, =========, >>>>>>>>>"
                                    + " REPLACE");
        }
        Block block = new BlockText(lines, dividers.getFirst(), end).read();
        Elision.requirePairs(lines, block);
        if (block.search.stream().allMatch(String::isBlank) && block.replace.isEmpty()) {
            throw lines.fault("the block searches nothing and replaces it with nothing");
        }
        lines.skip(end + 1);
        return block;
    }

    private static List<Integer> dividers(PatchLines lines, int end, int length) {
        List<Integer> all = new ArrayList<>();
        List<Integer> own = new ArrayList<>();
        for (int at = 1; at < end; at++) {
            int here = Marker.dividerLength(lines.peek(at));
            if (here > 0) {
                all.add(at);
            }
            if (here == length) {
                own.add(at);
            }
        }
        return own.isEmpty() ? all : own;
    }

    /** The first such line below this one, as how many lines ahead it is. */
    private static Optional<Integer> first(PatchLines lines, Predicate<String> wanted) {
        for (int at = 1; lines.has(at); at++) {
            if (wanted.test(lines.peek(at))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    boolean makesAFile() {
        return search.isEmpty();
    }

    private Hunk textFirst(String name, LineHunk read) {
        return asSent.flatMap(sent -> LineHunk.replacing(
                        name, sent.search(), sent.replace(), new HunkPosition.Anywhere(OptionalInt.empty())))
                .<Hunk>map(sent -> new EitherHunk(sent, read))
                .orElse(read);
    }

    /** What the block changes; empty if it changes nothing. */
    Optional<Hunk> hunk(String name) {
        HunkPosition hunkPosition = new HunkPosition.Anywhere(line);
        if (makesAFile()) {
            List<HunkLine> added = replace.stream().map(HunkLine::add).toList();
            return Optional.of(new LineHunk(name, added, hunkPosition));
        }
        return LineHunk.replacing(name, search, replace, hunkPosition)
                .map(whole -> Elision.in(search, replace, whole)
                        .<Hunk>map(elided -> elided)
                        .orElseGet(() -> textFirst(name, whole)));
    }
}
