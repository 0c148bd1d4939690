package dev.patchferry.runner.format.searchreplace;

import dev.patchferry.runner.format.text.PatchLines;
import dev.patchferry.runner.plan.ElidedHunk;
import dev.patchferry.runner.plan.Hunk;
import dev.patchferry.runner.plan.HunkLine;
import dev.patchferry.runner.plan.LineHunk;
import dev.patchferry.runner.plan.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One block.
 *
 * @param search the lines to look for; none makes a file
 * @param replace the lines to put there
 */
record Block(List<String> search, List<String> replace) {
    private static final Pattern DOTS = Pattern.compile("\\s*(?:\\.\\.\\.|…)\\s*");

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
        int divider = dividers.getFirst();
        List<String> search = between(lines, 1, divider);
        List<String> replace = between(lines, divider + 1, end);
        if (search.stream().allMatch(String::isBlank) && replace.isEmpty()) {
            throw lines.fault("the block searches nothing and replaces it with nothing");
        }
        lines.skip(end + 1);
        return new Block(search.stream().allMatch(String::isBlank) ? List.of() : search, replace);
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

    private static List<String> between(PatchLines lines, int from, int to) {
        List<String> found = new ArrayList<>();
        for (int at = from; at < to; at++) {
            found.add(lines.peek(at));
        }
        return found;
    }

    boolean makesAFile() {
        return search.isEmpty();
    }

    /** What the block changes; empty if it changes nothing. */
    Optional<Hunk> hunk(String name) {
        if (makesAFile()) {
            List<HunkLine> added = replace.stream().map(HunkLine::add).toList();
            return Optional.of(new LineHunk(name, added, new Where.Anywhere()));
        }
        Optional<LineHunk> whole = replacing(name, search, replace);
        List<LineHunk> pieces = pieces(name);
        return whole.map(hunk -> pieces.isEmpty() ? hunk : new ElidedHunk(hunk, pieces));
    }

    /** The parts between lines of dots; empty where the dots do not pair up or there are none. */
    private List<LineHunk> pieces(String name) {
        List<List<String>> old = parts(search);
        List<List<String>> fresh = parts(replace);
        List<LineHunk> pieces = new ArrayList<>();
        if (old.size() == 1 || old.size() != fresh.size()) {
            return pieces;
        }
        for (int i = 0; i < old.size(); i++) {
            if (old.get(i).isEmpty() && !fresh.get(i).isEmpty()) {
                return List.of();
            }
            replacing(name + ", part " + (i + 1), old.get(i), fresh.get(i)).ifPresent(pieces::add);
        }
        return pieces;
    }

    private static List<List<String>> parts(List<String> lines) {
        List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        for (String line : lines) {
            if (DOTS.matcher(line).matches()) {
                parts.add(new ArrayList<>());
            } else {
                parts.getLast().add(line);
            }
        }
        return parts;
    }

    private static Optional<LineHunk> replacing(String name, List<String> old, List<String> fresh) {
        return LineHunk.replacing(name, old, fresh, new Where.Anywhere());
    }
}
