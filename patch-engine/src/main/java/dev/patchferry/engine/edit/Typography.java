package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the file's dashes, quotes and spaces in lines that were found only once those counted as the same: a new line gets
 * them wherever it repeats the old line that it replaces.
 */
final class Typography {
    /** Comparing takes the product of the lengths. */
    private static final int LONGEST_LINE = 1_000;

    private final Map<Integer, String> kept = new HashMap<>();

    private Typography() {}

    /** Learns from a hunk that stands here. */
    static Typography of(HunkPattern hunkPattern, Location.At at, FileLines file) {
        Typography typography = new Typography();
        if (at.pass() == MatchLevel.UNICODE) {
            typography.learn(hunkPattern.lines(), at.start(), file);
        }
        return typography;
    }

    /** The text of an added line, by its index in the hunk; empty if it replaces no line like it. */
    Optional<String> kept(int index) {
        return Optional.ofNullable(kept.get(index));
    }

    private void learn(List<PatternLine> lines, int start, FileLines file) {
        int line = start;
        List<Integer> gone = new ArrayList<>();
        List<Integer> come = new ArrayList<>();
        for (int i = 0; i <= lines.size(); i++) {
            HunkLine.Kind kind = i < lines.size() ? lines.get(i).kind() : HunkLine.Kind.KEEP;
            if (kind == HunkLine.Kind.KEEP) {
                pair(lines, gone, come, line - gone.size(), file);
                gone.clear();
                come.clear();
                line++;
            } else if (kind == HunkLine.Kind.REMOVE) {
                gone.add(i);
                line++;
            } else {
                come.add(i);
            }
        }
    }

    /** The first line that comes replaces the first that goes, and so on. */
    private void pair(List<PatternLine> lines, List<Integer> gone, List<Integer> come, int first, FileLines file) {
        for (int i = 0; i < Math.min(gone.size(), come.size()); i++) {
            Slice line = file.line(first + i).withoutReturn();
            String there = line.toString();
            String old = lines.get(gone.get(i)).bytes().withoutReturn().toString();
            String fresh = lines.get(come.get(i)).bytes().withoutReturn().toString();
            int index = come.get(i);
            rewritten(there, old, fresh)
                    .filter(_ -> Slice.of(there).sameAs(line))
                    .ifPresent(text -> kept.put(index, text));
        }
    }

    /** The new line with the file's characters where it repeats the old one's. */
    private static Optional<String> rewritten(String there, String old, String fresh) {
        boolean aligned = there.length() == old.length() && !there.equals(old);
        if (!aligned || Math.max(old.length(), fresh.length()) > LONGEST_LINE) {
            return Optional.empty();
        }
        int[][] common = commonFrom(old, fresh);
        StringBuilder text = new StringBuilder();
        int at = 0;
        int in = 0;
        while (in < fresh.length()) {
            if (at < old.length() && old.charAt(at) == fresh.charAt(in)) {
                text.append(there.charAt(at++));
                in++;
            } else if (at < old.length() && common[at + 1][in] >= common[at][in + 1]) {
                at++;
            } else {
                text.append(fresh.charAt(in++));
            }
        }
        return Optional.of(text.toString());
    }

    /** How long the longest common subsequence is of what is left of both from each pair of places on. */
    private static int[][] commonFrom(String old, String fresh) {
        int[][] common = new int[old.length() + 1][fresh.length() + 1];
        for (int at = old.length() - 1; at >= 0; at--) {
            for (int in = fresh.length() - 1; in >= 0; in--) {
                common[at][in] = old.charAt(at) == fresh.charAt(in)
                        ? common[at + 1][in + 1] + 1
                        : Math.max(common[at + 1][in], common[at][in + 1]);
            }
        }
        return common;
    }
}
