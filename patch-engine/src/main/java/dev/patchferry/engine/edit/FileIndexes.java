package dev.patchferry.engine.edit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One state of a file and its indexes, each made when it is first needed. */
final class FileIndexes {
    private final FileLines file;
    private final Deadline deadline;
    private final Map<MatchLevel, LineIndex> indexes = new EnumMap<>(MatchLevel.class);

    FileIndexes(FileLines file, Deadline deadline) {
        this.file = file;
        this.deadline = deadline;
    }

    FileLines file() {
        return file;
    }

    Deadline deadline() {
        return deadline;
    }

    LineIndex index(MatchLevel matchLevel) {
        return indexes.computeIfAbsent(matchLevel, each -> new LineIndex(file, each, deadline));
    }

    /** Whether these lines stand at this place, as a pass compares them; this needs no index. */
    boolean holds(int start, List<PatternLine> lines, MatchLevel matchLevel) {
        return file.holds(start, lines, matchLevel);
    }

    /** Where the new lines of a hunk stand. */
    List<Integer> placesOfNewLines(HunkPattern hunkPattern) {
        return List.of(MatchLevel.LINE_ENDINGS, MatchLevel.TRAILING_SPACE).stream()
                .map(matchLevel -> Arrays.stream(index(matchLevel).find(hunkPattern.after()))
                        .boxed()
                        .toList())
                .filter(places -> !places.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
