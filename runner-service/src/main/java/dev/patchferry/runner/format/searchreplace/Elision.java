package dev.patchferry.runner.format.searchreplace;

import dev.patchferry.runner.plan.ElidedHunk;
import dev.patchferry.runner.plan.HunkLine;
import dev.patchferry.runner.plan.LineHunk;
import dev.patchferry.runner.plan.LineMerge;
import dev.patchferry.runner.plan.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the lines in both halves of a block that stand for text left out. */
final class Elision {
    private static final Pattern DOTS = Pattern.compile("\\s*(?:\\.\\.\\.|…)\\s*");

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

    private static List<List<String>> parts(List<String> lines) {
        List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        for (String line : lines) {
            if (DOTS.matcher(line).matches() || Placeholders.isLikely(line)) {
                parts.add(new ArrayList<>());
            } else {
                parts.getLast().add(line);
            }
        }
        return parts;
    }
}
