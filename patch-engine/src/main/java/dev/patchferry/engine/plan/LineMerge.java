package dev.patchferry.engine.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/** Tells which of two texts' lines stay, go and come. */
public final class LineMerge {
    /** Comparing takes the product of the lengths; longer texts only keep what they begin and end with. */
    private static final int MOST_LINES_COMPARED = 160;

    private LineMerge() {}

    public static List<HunkLine> of(List<String> old, List<String> fresh) {
        int head = 0;
        while (head < Math.min(old.size(), fresh.size()) && old.get(head).equals(fresh.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), fresh.size()) - head
                && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
            tail++;
        }
        List<HunkLine> lines = new ArrayList<>();
        old.subList(0, head).forEach(line -> lines.add(HunkLine.keep(line)));
        compare(old.subList(head, old.size() - tail), fresh.subList(head, fresh.size() - tail), lines);
        old.subList(old.size() - tail, old.size()).forEach(line -> lines.add(HunkLine.keep(line)));
        return lines;
    }

    private static void compare(List<String> old, List<String> fresh, List<HunkLine> lines) {
        int kept = 0;
        if (old.size() + fresh.size() <= MOST_LINES_COMPARED) {
            for (AbstractDelta<String> delta : DiffUtils.diff(old, fresh).getDeltas()) {
                old.subList(kept, delta.getSource().getPosition()).forEach(line -> lines.add(HunkLine.keep(line)));
                change(delta.getSource().getLines(), delta.getTarget().getLines(), lines);
                kept = delta.getSource().getPosition() + delta.getSource().size();
            }
            old.subList(kept, old.size()).forEach(line -> lines.add(HunkLine.keep(line)));
        } else {
            change(old, fresh, lines);
        }
    }

    private static void change(List<String> old, List<String> fresh, List<HunkLine> lines) {
        old.forEach(line -> lines.add(HunkLine.remove(line)));
        fresh.forEach(line -> lines.add(HunkLine.add(line)));
    }
}
