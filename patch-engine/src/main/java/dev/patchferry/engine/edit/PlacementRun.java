package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.LineHunk;
import dev.patchferry.engine.plan.Placement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Puts lines where a sender says by number, by an edge of the file or by the lines beside it. */
final class PlacementRun {
    private static final int MOST_PLACES = 10;

    private final List<String> lines;
    private final LineEnding ending;
    private final Set<Grade> grades = EnumSet.noneOf(Grade.class);
    private boolean ended;
    private Optional<String> refusal = Optional.empty();

    private PlacementRun(TextFile file) {
        this.lines = new ArrayList<>(file.text().isEmpty() ? List.of() : LineHunk.linesOf(file.text()));
        this.ending = file.ending();
        this.ended = file.text().isEmpty() || file.text().endsWith("\n");
    }

    static RunResult apply(byte[] content, List<Hunk> placements) {
        Optional<TextFile> file = TextFile.decode(content);
        if (file.isEmpty()) {
            return new RunResult.Refused(TextRun.NOT_UTF8);
        }
        PlacementRun run = new PlacementRun(file.get());
        for (Hunk hunk : placements) {
            run.place((Placement) hunk);
        }
        if (run.refusal.isPresent()) {
            return new RunResult.Refused(run.refusal.get());
        }
        return file.get()
                .with(run.text())
                .encode()
                .<RunResult>map(bytes -> new RunResult.Made(bytes.toArray(), run.grades))
                .orElseGet(() -> new RunResult.Refused(TextRun.NOT_UNICODE));
    }

    private String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + (ended ? "\n" : "");
    }

    private void place(Placement placement) {
        List<String> fresh = fresh(placement.text());
        switch (placement.spot()) {
            case Placement.Lines spot -> replace(spot, fresh);
            case Placement.BehindLine(int line) -> insertBehind(line, fresh);
            case Placement.Edge(boolean end) -> insert(end ? lines.size() : 0, end, fresh);
            case Placement.Beside spot -> insertBeside(spot, fresh);
        }
    }

    private List<String> fresh(String text) {
        String unified = ending.unifiesViews() ? LineEnding.toLineFeeds(text) : text;
        return unified.isEmpty() ? List.of() : LineHunk.linesOf(unified);
    }

    private void replace(Placement.Lines spot, List<String> fresh) {
        if (spot.last() > lines.size()) {
            refuse((spot.first() == spot.last() ? "there is no " : "there are no ") + spot.inWords() + "; the file has "
                    + count() + ". Read it again");
            return;
        }
        List<String> there = lines.subList(spot.first() - 1, spot.last());
        Optional<String> old = spot.old().map(text -> String.join("\n", fresh(text)));
        String now = String.join("\n", there);
        if (old.isEmpty() || old.get().equals(now)) {
            change(spot, fresh);
        } else if (isOnceIn(now, old.get())) {
            change(spot, fresh(now.replace(old.get(), String.join("\n", fresh))));
        } else if (isThere(spot.first() - 1, fresh)) {
            grades.add(Grade.ALREADY_APPLIED);
        } else {
            refuse(spot.inWords() + " of the file do not hold the old text; there stands `" + NearestLines.cut(now)
                    + "`. Read the file again, or leave the numbers out");
        }
    }

    private static boolean isOnceIn(String text, String part) {
        int at = text.indexOf(part);
        return !part.isEmpty() && at >= 0 && text.indexOf(part, at + 1) < 0;
    }

    private void change(Placement.Lines spot, List<String> fresh) {
        List<String> there = lines.subList(spot.first() - 1, spot.last());
        there.clear();
        lines.addAll(spot.first() - 1, fresh);
        grades.add(Grade.EXACT);
    }

    private void insertBehind(int line, List<String> fresh) {
        if (line > lines.size()) {
            refuse("there is no line " + line + "; the file has " + count() + ". Read it again");
        } else {
            insert(line, false, fresh);
        }
    }

    private void insertBeside(Placement.Beside spot, List<String> fresh) {
        List<String> anchor = fresh(spot.lines());
        List<Integer> places = places(anchor, false);
        if (places.isEmpty()) {
            places = places(anchor, true);
        }
        if (places.size() == 1) {
            insert(spot.behind() ? places.getFirst() + anchor.size() : places.getFirst(), !spot.behind(), fresh);
        } else if (places.isEmpty()) {
            refuse("`" + NearestLines.cut(spot.lines()) + "` stands nowhere as whole lines. "
                    + NearestLines.in(text(), spot.lines()) + " Send the line beside which the text goes as it stands");
        } else {
            refuse("`" + NearestLines.cut(spot.lines()) + "` stands in " + places.size() + " places, in lines "
                    + Anchors.inWords(places.stream().limit(MOST_PLACES).toList())
                    + ". Send more lines, so that they name one place");
        }
    }

    /** Where these lines begin. */
    private List<Integer> places(List<String> wanted, boolean butForSpace) {
        return IntStream.rangeClosed(0, lines.size() - wanted.size())
                .filter(from -> IntStream.range(0, wanted.size())
                        .allMatch(i -> isSame(wanted.get(i), lines.get(from + i), butForSpace)))
                .boxed()
                .toList();
    }

    private static boolean isSame(String one, String other, boolean butForSpace) {
        return butForSpace ? one.strip().equals(other.strip()) : one.equals(other);
    }

    /** @param above whether lines sent before would stand above this place rather than below it */
    private void insert(int at, boolean above, List<String> fresh) {
        if (isThere(above ? at - fresh.size() : at, fresh)) {
            grades.add(Grade.ALREADY_APPLIED);
            return;
        }
        lines.addAll(at, fresh);
        ended |= lines.size() == fresh.size();
        grades.add(Grade.EXACT);
    }

    private boolean isThere(int at, List<String> fresh) {
        return at >= 0
                && at + fresh.size() <= lines.size()
                && !fresh.isEmpty()
                && lines.subList(at, at + fresh.size()).equals(fresh);
    }

    private String count() {
        return lines.size() + (lines.size() == 1 ? " line" : " lines");
    }

    private void refuse(String reason) {
        refusal = refusal.or(() -> Optional.of(reason));
    }
}
