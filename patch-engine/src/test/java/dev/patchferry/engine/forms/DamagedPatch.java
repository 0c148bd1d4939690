package dev.patchferry.engine.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two files, what they are to become, and hunks of both; written without a line of the code that reads them.
 *
 * @param files {@code f.py} and {@code g.py}
 */
record DamagedPatch(List<ChangedFile> files) {
    static final int PARTS = 5;

    private static final int CONTEXT = 3;
    private static final List<String> COMMON = List.of("    return x", "", "    if x:", "        x += 1", "    }");

    /** What a line of a patch is there for. */
    enum Role {
        NAME,
        HUNK,
        MARKED,
        MARKER,
        TEXT,
        END
    }

    record Line(Role role, String text) {}

    /** One change: old lines that give way to new ones. */
    record Spot(int at, int gone, List<String> come) {}

    record ChangedFile(String name, List<String> before, List<String> after, List<Spot> spots) {
        /** The function that a line stands in. */
        String heading(int at) {
            for (int i = Math.min(at, before.size() - 1); i >= 0; i--) {
                if (before.get(i).startsWith("def ")) {
                    return before.get(i);
                }
            }
            return "";
        }
    }

    static DamagedPatch random(Random random) {
        return new DamagedPatch(List.of(changed("f.py", 1_000, random), changed("g.py", 2_000, random)));
    }

    /** A file that has nothing in common with the others but what all code has. */
    static List<String> file(int number, Random random) {
        List<String> lines = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            lines.add("def part_" + part + "():");
            for (int i = 4 + random.nextInt(6); i > 0; i--) {
                lines.add(
                        random.nextInt(4) > 0
                                ? "    step " + (number + lines.size()) + " of " + random.nextInt(1_000)
                                : COMMON.get(random.nextInt(COMMON.size())));
            }
        }
        return lines;
    }

    private static ChangedFile changed(String name, int number, Random random) {
        List<String> before = file(number, random);
        List<Spot> spots = new ArrayList<>();
        int at = 1 + random.nextInt(6);
        while (at + 2 < before.size() && spots.size() < 3) {
            int gone = random.nextInt(3);
            int come = gone == 0 ? 1 + random.nextInt(2) : random.nextInt(3);
            List<String> fresh = new ArrayList<>();
            for (int i = 0; i < come; i++) {
                fresh.add((random.nextInt(5) == 0 ? "" : "    ") + "new " + (number + at + i) + " "
                        + random.nextInt(1_000));
            }
            spots.add(new Spot(at, gone, fresh));
            at += gone + 2 * CONTEXT + 1 + random.nextInt(12);
        }
        List<String> after = new ArrayList<>(before);
        for (Spot spot : spots.reversed()) {
            after.subList(spot.at(), spot.at() + spot.gone()).clear();
            after.addAll(spot.at(), spot.come());
        }
        return new ChangedFile(name, before, after, spots);
    }

    List<Line> asDiff() {
        List<Line> lines = new ArrayList<>();
        for (ChangedFile file : files) {
            lines.add(new Line(Role.NAME, "--- a/" + file.name()));
            lines.add(new Line(Role.NAME, "+++ b/" + file.name()));
            int grown = 0;
            for (Spot spot : file.spots()) {
                List<Line> hunk = hunk(file, spot);
                int start = Math.max(0, spot.at() - CONTEXT) + 1;
                long old = hunk.stream()
                        .filter(line -> !line.text().startsWith("+"))
                        .count();
                long fresh = hunk.stream()
                        .filter(line -> !line.text().startsWith("-"))
                        .count();
                lines.add(new Line(Role.HUNK, "@@ -%d,%d +%d,%d @@".formatted(start, old, start + grown, fresh)));
                lines.addAll(hunk);
                grown += (int) (fresh - old);
            }
        }
        return lines;
    }

    List<Line> asPatch() {
        List<Line> lines = new ArrayList<>(List.of(new Line(Role.END, "*** Begin Patch")));
        for (ChangedFile file : files) {
            lines.add(new Line(Role.NAME, "*** Update File: " + file.name()));
            for (Spot spot : file.spots()) {
                int start = Math.max(0, spot.at() - CONTEXT);
                String heading = file.heading(start);
                lines.add(new Line(Role.HUNK, start % 2 == 0 || heading.isEmpty() ? "@@" : "@@ " + heading));
                lines.addAll(hunk(file, spot));
            }
        }
        lines.add(new Line(Role.END, "*** End Patch"));
        return lines;
    }

    List<Line> asBlocks() {
        List<Line> lines = new ArrayList<>();
        for (ChangedFile file : files) {
            for (Spot spot : file.spots()) {
                List<Line> hunk = hunk(file, spot);
                lines.add(new Line(Role.NAME, file.name()));
                lines.add(new Line(Role.MARKER, "<<<<<<< SEARCH"));
                half(hunk, '+', lines);
                lines.add(new Line(Role.MARKER, "======="));
                half(hunk, '-', lines);
                lines.add(new Line(Role.MARKER, ">>>>>>> REPLACE"));
                lines.add(new Line(Role.END, ""));
            }
        }
        return lines;
    }

    private static void half(List<Line> hunk, char without, List<Line> into) {
        hunk.stream()
                .filter(line -> line.text().charAt(0) != without)
                .map(line -> new Line(Role.TEXT, line.text().substring(1)))
                .forEach(into::add);
    }

    private static List<Line> hunk(ChangedFile file, Spot spot) {
        List<Line> lines = new ArrayList<>();
        for (int i = Math.max(0, spot.at() - CONTEXT); i < spot.at(); i++) {
            lines.add(marked(" ", file.before().get(i)));
        }
        for (int i = spot.at(); i < spot.at() + spot.gone(); i++) {
            lines.add(marked("-", file.before().get(i)));
        }
        spot.come().forEach(line -> lines.add(marked("+", line)));
        int end = Math.min(file.before().size(), spot.at() + spot.gone() + CONTEXT);
        for (int i = spot.at() + spot.gone(); i < end; i++) {
            lines.add(marked(" ", file.before().get(i)));
        }
        return lines;
    }

    private static Line marked(String mark, String text) {
        return new Line(text.isEmpty() ? Role.TEXT : Role.MARKED, mark + text);
    }
}
