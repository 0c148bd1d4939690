package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkPosition;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Why a hunk has no place, for the model that wrote it: what was looked for, what is there, what to send instead. */
final class Refusal {
    private static final int MOST_PLACES_NAMED = 10;
    private static final int MOST_LINES_SHOWN = 10;
    private static final int MOST_LINES_TRIED = 400;
    private static final int MOST_PLACES_TRIED = 200;

    private final FileIndexes fileIndexes;
    private final FileLines file;

    Refusal(FileIndexes fileIndexes) {
        this.fileIndexes = fileIndexes;
        this.file = fileIndexes.file();
    }

    String ambiguous(HunkPattern hunkPattern, List<Integer> places) {
        String named = places.stream().limit(MOST_PLACES_NAMED).map(this::place).collect(Collectors.joining("; "));
        String more = places.size() > MOST_PLACES_NAMED ? "; and " + (places.size() - MOST_PLACES_NAMED) + " more" : "";
        return hunkPattern.hunk().name() + " fits in " + places.size() + " places: " + named + more
                + ". Send it with more lines of context, so that it fits in the one that is meant";
    }

    String notAtEnd(HunkPattern hunkPattern, List<Integer> places) {
        return hunkPattern.hunk().name() + " is to stand at the end of the file, but its lines stand in "
                + places.stream().limit(MOST_PLACES_NAMED).map(this::place).collect(Collectors.joining("; "))
                + ". Send it with the file's last lines, or without *** End of File";
    }

    /** An anchor is not there, or is not above the lines, or says too little about lines to add. */
    String anchor(HunkPattern hunkPattern, List<String> names, int[] found, List<Integer> places) {
        String anchor = "`@@ " + names.stream().map(NearestLines::cut).collect(Collectors.joining("`, `@@ ")) + "`";
        String about = hunkPattern.hunk().name() + ": ";
        if (found.length == 0) {
            return about + "no line reads like " + anchor + ". "
                    + NearestLines.in(file.text(), names.getLast())
                    + " Send the line above the change as it stands in the file, or context in place of it";
        }
        List<Integer> anchors = IntStream.of(found).boxed().toList();
        return places.isEmpty()
                ? about + anchor + " stands in " + found.length + " lines (" + Anchors.inWords(limited(anchors))
                        + "), so it does not tell where to add lines. Add another line above it, or context"
                : about + anchor + " is line " + Anchors.inWords(limited(anchors))
                        + ", but the lines to change are " + whereFrom(anchors, places) + ", in line "
                        + Anchors.inWords(limited(places)) + ". Send the line that stands above them";
    }

    private static String whereFrom(List<Integer> anchors, List<Integer> places) {
        return places.getLast() < anchors.getFirst() ? "above it" : "not in what it heads";
    }

    String missing(HunkPattern hunkPattern) {
        String looked = hunkPattern.before().stream()
                .map(line -> line.bytes().toString())
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(NearestLines::cut)
                .orElse("");
        String found = file.count() == 0
                ? "The file is empty."
                : nearest(hunkPattern)
                        .map(start -> comparison(hunkPattern, start))
                        .orElseGet(() -> NearestLines.in(file.text(), looked));
        return hunkPattern.hunk().name() + " does not fit: its "
                + lines(hunkPattern.before().size()) + (hunkPattern.before().size() == 1 ? ", `" : ", from `") + looked
                + (hunkPattern.before().size() == 1 ? "`, was not found. " : "`, were not found together. ")
                + EscapedText.cause(looked, file::text) + found
                + " Send the hunk with the file's lines exactly as they stand";
    }

    private String place(int start) {
        String above = start == 0 ? "at the beginning" : "after `" + cut(start - 1) + "`";
        return "line " + (start + 1) + " (" + above + ")";
    }

    /** Where most lines of the hunk stand in their order, if two of them do, or the only one that says anything. */
    private Optional<Integer> nearest(HunkPattern hunkPattern) {
        Map<Integer, Integer> votes = new HashMap<>();
        LineIndex index = fileIndexes.index(MatchLevel.UNICODE);
        for (int i = 0; i < Math.min(hunkPattern.before().size(), MOST_LINES_TRIED); i++) {
            PatternLine line = hunkPattern.before().get(i);
            if (line.isTelling()) {
                int[] places = index.find(List.of(line));
                for (int j = 0; j < Math.min(places.length, MOST_PLACES_TRIED); j++) {
                    votes.merge(places[j] - i, 1, Integer::sum);
                }
            }
        }
        return votes.entrySet().stream()
                .max(Comparator.<Map.Entry<Integer, Integer>>comparingInt(Map.Entry::getValue)
                        .thenComparingInt(entry -> -entry.getKey()))
                .map(Map.Entry::getKey);
    }

    private String comparison(HunkPattern hunkPattern, int start) {
        int end = Math.min(start + hunkPattern.before().size(), file.count());
        int from = Math.max(0, start);
        int same = 0;
        int odd = -1;
        for (int i = 0; i < hunkPattern.before().size(); i++) {
            int line = start + i;
            boolean equal = line >= 0
                    && line < file.count()
                    && MatchLevel.UNICODE
                            .key(file.line(line))
                            .sameAs(hunkPattern.before().get(i).key(MatchLevel.UNICODE));
            same += equal ? 1 : 0;
            odd = !equal && odd < 0 ? i : odd;
        }
        int shownFrom = Math.max(from, Math.min(start + Math.max(odd, 0) - 2, end - MOST_LINES_SHOWN));
        String shown = IntStream.range(shownFrom, Math.min(end, shownFrom + MOST_LINES_SHOWN))
                .mapToObj(line -> "\n" + (line + 1) + ": " + cut(line))
                .collect(Collectors.joining());
        String all = odd < 0
                ? (hunkPattern.before().size() == 1
                                ? "It stands in line " + (from + 1)
                                : "All of them stand from line " + (from + 1) + " on")
                        + ", but " + obstacle(hunkPattern, start) + ". "
                : "Nearest: " + same + " of them from line " + (from + 1) + " on; "
                        + difference(hunkPattern, odd, start + odd);
        return all + "There the file reads:" + shown + "\n";
    }

    /** Blocks are placed one after the other, so nothing of theirs can be taken; but they must keep their shape. */
    private String obstacle(HunkPattern hunkPattern, int start) {
        if (hunkPattern.hunk().where() instanceof HunkPosition.Anywhere) {
            return "each indented by another offset than in the patch";
        }
        return start >= 0 && Indentation.of(hunkPattern, start, file).isOneLineElsewhere()
                ? "with another indentation, and one line alone does not tell that it is meant; send the lines around it"
                : "another hunk changes lines there, too; both must be one hunk";
    }

    private String difference(HunkPattern hunkPattern, int odd, int line) {
        String has =
                "`" + NearestLines.cut(hunkPattern.before().get(odd).bytes().toString()) + "`";
        return line >= 0 && line < file.count()
                ? "line " + (line + 1) + " is `" + cut(line) + "`, the hunk has " + has + ". "
                : "the hunk has " + has + (line < 0 ? " before the first line. " : " behind the last line. ");
    }

    private String cut(int line) {
        return NearestLines.cut(file.line(line).withoutReturn().toString(), 100);
    }

    private static List<Integer> limited(List<Integer> lines) {
        return lines.stream().limit(MOST_PLACES_NAMED).toList();
    }

    private static String lines(int count) {
        return count + (count == 1 ? " line" : " lines");
    }
}
