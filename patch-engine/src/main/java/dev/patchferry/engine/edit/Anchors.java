package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The lines above a hunk that say where it belongs, such as the function that it is in. They are compared without their
 * indentation; where no line reads like one, a line that holds it is meant, since senders leave out what follows.
 */
final class Anchors {
    /** The clock is looked at every so many lines. */
    private static final int STRIDE = 1024;

    private final FileIndexes fileIndexes;
    private final FileLines file;
    private final Parts parts;

    Anchors(FileIndexes fileIndexes) {
        this.fileIndexes = fileIndexes;
        this.file = fileIndexes.file();
        this.parts = new Parts(fileIndexes);
    }

    /** The innermost anchors: the lines, in order, that stand below the others, in what those head. */
    int[] find(List<String> names) {
        int[] here = standing(names.getFirst());
        for (String name : names.subList(1, names.size())) {
            fileIndexes.deadline().check();
            here = nextInside(here, standing(name));
        }
        return here;
    }

    /** For each of the first lines, the next of the others that stands in what it heads; all in order. */
    private int[] nextInside(int[] lines, int[] others) {
        IntStream.Builder reached = IntStream.builder();
        int at = 0;
        int latest = -1;
        for (int line : lines) {
            while (at < others.length && others[at] <= line) {
                at++;
            }
            if (at < others.length && at != latest && others[at] < parts.endOf(line)) {
                reached.add(others[at]);
                latest = at;
            }
        }
        return reached.build().toArray();
    }

    /**
     * Of these places, those that an anchor names: in what it heads, or the next one below it where nothing tells what
     * it heads.
     *
     * @param places in order
     */
    List<Integer> narrow(int[] anchors, List<Integer> places) {
        return narrow(anchors, places, 0);
    }

    /** The same for a heading of a diff, which stands above the hunk's first line, so that this may head another part. */
    List<Integer> narrowByHeading(int[] headings, List<Integer> places) {
        return narrow(headings, places, 1);
    }

    private List<Integer> narrow(int[] anchors, List<Integer> places, int beyond) {
        return IntStream.of(anchors)
                .boxed()
                .flatMap(anchor -> inside(anchor, places, beyond).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Several only where nothing tells them apart: they all stand in what the anchor heads. */
    private List<Integer> inside(int anchor, List<Integer> places, int beyond) {
        fileIndexes.deadline().check();
        List<Integer> below = places.stream().filter(place -> place >= anchor).toList();
        if (below.isEmpty()) {
            return below;
        }
        int end = parts.endOf(anchor) + beyond;
        List<Integer> inside = below.stream().takeWhile(place -> place < end).toList();
        return parts.isFlat(anchor) ? inside.stream().limit(1).toList() : inside;
    }

    private int[] standing(String name) {
        List<PatternLine> wanted = PatternLine.of(List.of(HunkLine.keep(name)));
        int[] whole = fileIndexes.index(MatchLevel.UNICODE).find(wanted);
        String part = wanted.getFirst().key(MatchLevel.UNICODE).toString();
        return whole.length > 0 || part.isEmpty() ? whole : holding(part);
    }

    private int[] holding(String part) {
        List<Integer> lines = new ArrayList<>();
        for (int line = 0; line < file.count(); line++) {
            if (line % STRIDE == 0) {
                fileIndexes.deadline().check();
            }
            if (MatchLevel.UNICODE.key(file.line(line)).toString().contains(part)) {
                lines.add(line);
            }
        }
        return lines.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Line numbers from 1, for a message. */
    static String inWords(List<Integer> lines) {
        return lines.stream().map(line -> String.valueOf(line + 1)).collect(Collectors.joining(", "));
    }
}
