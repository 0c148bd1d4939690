package dev.patchferry.runner.edit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One state of a file and its indexes, each made when it is first needed. */
final class Lookup {
    private final FileLines file;
    private final Deadline deadline;
    private final Map<Pass, LineIndex> indexes = new EnumMap<>(Pass.class);

    Lookup(FileLines file, Deadline deadline) {
        this.file = file;
        this.deadline = deadline;
    }

    FileLines file() {
        return file;
    }

    Deadline deadline() {
        return deadline;
    }

    LineIndex index(Pass pass) {
        return indexes.computeIfAbsent(pass, each -> new LineIndex(file, each, deadline));
    }

    /** Whether these lines stand at this place, as a pass compares them; this needs no index. */
    boolean holds(int start, List<WantedLine> lines, Pass pass) {
        return file.holds(start, lines, pass);
    }

    /** Where the new lines of a hunk stand. */
    List<Integer> placesOfNewLines(Wanted wanted) {
        return List.of(Pass.LINE_ENDINGS, Pass.TRAILING_SPACE).stream()
                .map(pass ->
                        Arrays.stream(index(pass).find(wanted.after())).boxed().toList())
                .filter(places -> !places.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
