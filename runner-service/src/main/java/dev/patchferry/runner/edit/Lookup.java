package dev.patchferry.runner.edit;

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

    /** Whether these lines stand at this place, as a pass compares them; to compare bytes needs no index. */
    boolean holds(int start, List<WantedLine> lines, Pass pass) {
        return pass == Pass.EXACT ? file.holds(start, lines) : index(pass).matches(start, lines);
    }

    /** Whether the hunk was applied already, as far as its new lines tell: they stand in one place. */
    boolean holdsNewLinesOf(Wanted wanted) {
        return wanted.canBeRecognised()
                && List.of(Pass.LINE_ENDINGS, Pass.TRAILING_SPACE).stream()
                        .map(pass -> index(pass).find(wanted.after()).length)
                        .filter(places -> places > 0)
                        .findFirst()
                        .filter(places -> places == 1)
                        .isPresent();
    }
}
