package dev.patchferry.engine.edit;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the lines of a file that a sender may have had in mind, when the text it sent is not there. */
final class NearestLines {
    private static final int MOST_LINES_READ = 50_000;
    private static final int LONGEST_LINE = 200;
    private static final int MOST_LINES_NAMED = 3;
    private static final double LIKE_ENOUGH = 0.5;
    private static final int BUCKETS = 1 << 12;

    private NearestLines() {}

    /** A sentence that names the lines most like the first line of the wanted text that says anything. */
    static String in(String text, String wanted) {
        if (text.isEmpty()) {
            return "The file is empty.";
        }
        BitSet wish =
                pairs(wanted.lines().filter(line -> !line.isBlank()).findFirst().orElse(wanted));
        List<String> lines = text.lines().limit(MOST_LINES_READ).toList();
        String nearest = IntStream.range(0, lines.size())
                .mapToObj(i -> new Candidate(i + 1, lines.get(i), likeness(wish, pairs(lines.get(i)))))
                .filter(candidate -> candidate.likeness >= LIKE_ENOUGH)
                .sorted(Comparator.comparingDouble(Candidate::likeness).reversed())
                .limit(MOST_LINES_NAMED)
                .map(Candidate::words)
                .collect(Collectors.joining("; "));
        return nearest.isEmpty() ? "No line of the file comes near it." : "Nearest: " + nearest + ".";
    }

    /** Whether two lines have most of their characters in common. */
    static boolean alike(String one, String other) {
        return likeness(pairs(one), pairs(other)) >= LIKE_ENOUGH;
    }

    /** Whether a line of a text has most of its characters in common with one of a few others. */
    static boolean anyAlike(String text, List<String> others) {
        List<BitSet> wishes =
                others.stream().limit(MOST_LINES_NAMED).map(NearestLines::pairs).toList();
        return text.lines()
                .limit(MOST_LINES_READ)
                .map(NearestLines::pairs)
                .anyMatch(line -> wishes.stream().anyMatch(wish -> likeness(wish, line) >= LIKE_ENOUGH));
    }

    /** The beginning of a text, for a message. */
    static String cut(String text) {
        return cut(text, LONGEST_LINE);
    }

    /** The beginning of a text, of at most so many characters. */
    static String cut(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
    }

    /** Which pairs of neighbouring characters a line holds, its indentation aside; hashed, which is near enough. */
    private static BitSet pairs(String line) {
        String visible = cut(line.strip());
        BitSet pairs = new BitSet(BUCKETS);
        for (int i = 0; i + 1 < visible.length(); i++) {
            pairs.set((visible.charAt(i) * 31 + visible.charAt(i + 1)) % BUCKETS);
        }
        return pairs;
    }

    /** Dice's coefficient: 1 for the same pairs, 0 for none in common. */
    private static double likeness(BitSet one, BitSet other) {
        int sum = one.cardinality() + other.cardinality();
        BitSet common = (BitSet) one.clone();
        common.and(other);
        return sum == 0 ? 0 : 2.0 * common.cardinality() / sum;
    }

    private record Candidate(int number, String line, double likeness) {
        String words() {
            return "line " + number + " `" + cut(line) + "`";
        }
    }
}
