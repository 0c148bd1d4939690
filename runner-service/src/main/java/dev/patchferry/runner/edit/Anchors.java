package dev.patchferry.runner.edit;

import dev.patchferry.runner.plan.HunkLine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The lines above a hunk that say where it belongs, such as the function that it is in. They are compared without their
 * indentation; where no line reads like one, a line that holds it is meant, since senders leave out what follows.
 */
final class Anchors {
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
            int[] below = standing(name);
            TreeSet<Integer> reached = new TreeSet<>();
            for (int line : here) {
                IntStream.of(below).filter(each -> each > line).findFirst().ifPresent(reached::add);
            }
            here = reached.stream().mapToInt(Integer::intValue).toArray();
        }
        return here;
    }

    /** Of these places, those that an anchor names: the one that comes next below it, in what it heads. */
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
        List<Integer> below = places.stream().filter(place -> place >= anchor).toList();
        if (below.size() <= 1) {
            return below;
        }
        int end = endOfPartHeadedBy(anchor);
        List<Integer> inside = below.stream().filter(place -> place < end).toList();
        return inside.isEmpty() ? below.stream().limit(1).toList() : inside;
    }

    /** The next line that says something and is indented no more than the anchor. */
    private int endOfPartHeadedBy(int anchor) {
        int indentation = file.line(anchor).indentation().length();
        for (int line = anchor + 1; line < file.count(); line++) {
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
            if (line % 1024 == 0) {
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
