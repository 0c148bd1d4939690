package dev.patchferry.engine.forms;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A random change of a random file, as hunks of three lines of context.
 *
 * @param before the lines of the file
 * @param after the lines it is to have
 * @param hunks what is between
 */
record Change(List<String> before, List<String> after, List<Hunk> hunks) {
    private static final List<String> COMMON = List.of(
            "",
            "}",
            "    return x;",
            "\tif (a) {",
            "        }",
            "*** End of File",
            "=======",
            "say \u201Chi\u201D \u2013 ok");

    /**
     * Lines in a row.
     *
     * @param start the first old line, from 1
     * @param lines each behind a space, a minus or a plus
     */
    record Hunk(int start, List<String> lines) {
        List<String> old() {
            return without('+');
        }

        List<String> fresh() {
            return without('-');
        }

        /** From the first line that goes or comes to the last. */
        Hunk core() {
            int from = 0;
            while (lines.get(from).charAt(0) == ' ') {
                from++;
            }
            int to = lines.size();
            while (lines.get(to - 1).charAt(0) == ' ') {
                to--;
            }
            return new Hunk(start + from, lines.subList(from, to));
        }

        private List<String> without(char sign) {
            return lines.stream()
                    .filter(line -> line.charAt(0) != sign)
                    .map(line -> line.substring(1))
                    .toList();
        }
    }

    static Change random(Random random) {
        List<String> before = new ArrayList<>();
        int length = 3 + random.nextInt(60);
        for (int i = 0; i < length; i++) {
            before.add(line(random, i));
        }
        List<String> after = new ArrayList<>(before);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(after.size());
            switch (random.nextInt(3)) {
                case 0 -> after.set(at, line(random, 1_000 + i));
                case 1 -> after.add(at, line(random, 2_000 + i));
                default -> after.remove(at);
            }
            if (after.isEmpty()) {
                after.add("the last");
            }
        }
        return of(before, after);
    }

    private static Change of(List<String> before, List<String> after) {
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff("f", "f", before, DiffUtils.diff(before, after), 3);
        List<Hunk> hunks = new ArrayList<>();
        for (String line : diff.subList(Math.min(2, diff.size()), diff.size())) {
            if (line.startsWith("@@ ")) {
                hunks.add(new Hunk(Integer.parseInt(line.substring(4, line.indexOf(','))), new ArrayList<>()));
            } else {
                hunks.getLast().lines().add(line);
            }
        }
        return new Change(before, after, hunks);
    }

    private static String line(Random random, int number) {
        return random.nextInt(10) < 7
                ? " ".repeat(4 * random.nextInt(3)) + "statement " + number + " of " + random.nextInt(1_000)
                : COMMON.get(random.nextInt(COMMON.size()));
    }

    /** Whether the last line is among those that go or stay as context. */
    boolean reachesTheEnd() {
        Hunk last = hunks.getLast();
        return last.start() + last.old().size() > before.size();
    }

    /** The same with hunks of nothing but what goes and comes; one that only adds lines would have no place. */
    Change withoutContext() {
        return new Change(before, after, hunks.stream().map(Hunk::core).toList());
    }

    /** Whether each hunk's old lines, white space aside, stand in one place and say something. */
    boolean isPlain() {
        List<String> stripped = before.stream().map(String::strip).toList();
        return !hunks.isEmpty()
                && hunks.stream().allMatch(hunk -> {
                    List<String> old = hunk.old().stream().map(String::strip).toList();
                    long places = Stream.iterate(0, i -> i + old.size() <= stripped.size(), i -> i + 1)
                            .filter(i -> stripped.subList(i, i + old.size()).equals(old))
                            .count();
                    return places == 1 && old.stream().anyMatch(line -> !line.isEmpty());
                });
    }
}
