package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.HunkLine;
import java.util.ArrayList;
import java.util.Collections;
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

    private final Lookup lookup;
    private final FileLines file;

    Anchors(Lookup lookup) {
        this.lookup = lookup;
        this.file = lookup.file();
    }

    /** The innermost anchors: the lines, in order, that stand below the others as the names say. */
    int[] find(List<String> names) {
        int[] here = standing(names.getFirst());
        for (String name : names.subList(1, names.size())) {
            lookup.deadline().check();
            here = nextBelow(here, standing(name));
        }
        return here;
    }

    /** For each of the first lines, the next of the others that stands below it; all in order. */
    private static int[] nextBelow(int[] lines, int[] others) {
        IntStream.Builder reached = IntStream.builder();
        int at = 0;
        int latest = -1;
        for (int line : lines) {
            while (at < others.length && others[at] <= line) {
                at++;
            }
            if (at < others.length && at != latest) {
                reached.add(others[at]);
                latest = at;
            }
        }
        return reached.build().toArray();
    }

    /**
     * Of these places, those that an anchor names: the one that comes next below it, in what it heads.
     *
     * @param places in order
     */
    List<Integer> narrow(int[] anchors, List<Integer> places) {
        return IntStream.of(anchors)
                .boxed()
                .flatMap(anchor -> next(anchor, places).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Several only where nothing tells them apart: they all stand in what the anchor heads. */
    private List<Integer> next(int anchor, List<Integer> places) {
        lookup.deadline().check();
        int first = Collections.binarySearch(places, anchor);
        List<Integer> below = places.subList(first < 0 ? -first - 1 : first, places.size());
        if (below.size() <= 1) {
            return below;
        }
        int end = endOfPartHeadedBy(anchor);
        List<Integer> inside = below.stream().takeWhile(place -> place < end).toList();
        return inside.isEmpty() ? below.stream().limit(1).toList() : inside;
    }

    /** The next line that says something and is indented no more than the anchor. */
    private int endOfPartHeadedBy(int anchor) {
        int indentation = file.line(anchor).indentation().length();
        for (int line = anchor + 1; line < file.count(); line++) {
            if (line % STRIDE == 0) {
                lookup.deadline().check();
            }
            Slice text = file.line(line);
            if (text.indentation().length() <= indentation
                    && text.toString().codePoints().anyMatch(Character::isLetterOrDigit)) {
                return line;
            }
        }
        return file.count();
    }

    private int[] standing(String name) {
        List<WantedLine> wanted = WantedLine.of(List.of(HunkLine.keep(name)));
        int[] whole = lookup.index(Pass.UNICODE).find(wanted);
        String part = wanted.getFirst().key(Pass.UNICODE).toString();
        return whole.length > 0 || part.isEmpty() ? whole : holding(part);
    }

    private int[] holding(String part) {
        List<Integer> lines = new ArrayList<>();
        for (int line = 0; line < file.count(); line++) {
            if (line % STRIDE == 0) {
                lookup.deadline().check();
            }
            if (Pass.UNICODE.key(file.line(line)).toString().contains(part)) {
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
