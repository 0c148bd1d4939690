package dev.patchferry.engine.format.searchreplace;

import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.ElidedHunk;
import dev.patchferry.engine.plan.HunkLine;
import dev.patchferry.engine.plan.LineHunk;
import dev.patchferry.engine.plan.LineMerge;
import dev.patchferry.engine.plan.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the lines in both halves of a block that stand for text left out. */
final class Elision {
    private Elision() {}

    /** The hunk with its parts between lines of dots; empty where the dots do not pair up or there are none. */
    static Optional<ElidedHunk> in(List<String> search, List<String> replace, LineHunk whole) {
        List<List<String>> old = parts(search);
        List<List<String>> fresh = parts(replace);
        if (old.size() == 1 || old.size() != fresh.size()) {
            return Optional.empty();
        }
        List<List<HunkLine>> pieces = new ArrayList<>();
        for (int i = 0; i < old.size(); i++) {
            if (old.get(i).isEmpty() && !fresh.get(i).isEmpty()) {
                return Optional.empty();
            }
            if (!old.get(i).isEmpty()) {
                pieces.add(LineMerge.of(old.get(i), fresh.get(i)));
            }
        }
        return pieces.isEmpty() ? Optional.empty() : Optional.of(new ElidedHunk(whole, pieces));
    }

    /**
     * Refuses dots that only the new text has: they stand for text that is not sent. Below a colon they are a body in
     * Python.
     */
    static void requirePairs(PatchLines lines, Block block) {
        long old = block.search().stream().filter(Elision::isGap).count();
        String above = "";
        int fresh = 0;
        for (String line : block.replace()) {
            boolean dots = isDots(line);
            fresh += dots && !above.endsWith(":") ? 1 : 0;
            above = line.isBlank() ? above : line.stripTrailing();
        }
        if (!block.makesAFile() && fresh > old) {
            throw lines.fault(
                    "the block's new text has a line of dots for which the old one has none, so that they stand"
                            + " for nothing; send the text that is meant, or dots in both halves");
        }
    }

    private static List<List<String>> parts(List<String> lines) {
        List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        for (String line : lines) {
            if (isGap(line)) {
                parts.add(new ArrayList<>());
            } else {
                parts.getLast().add(line);
            }
        }
        return parts;
    }

    private static boolean isGap(String line) {
        return isDots(line) || Placeholders.isLikely(line);
    }

    private static boolean isDots(String line) {
        String visible = line.strip();
        return visible.equals("...") || visible.equals("…");
    }
}
