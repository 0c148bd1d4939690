package dev.patchferry.engine.format;

import dev.patchferry.engine.plan.FoldedName;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells two paths of one patch that some file system takes for the same file: they differ in case alone, or in how a
 * letter with an accent is composed. Whoever checks the workspace out there would lose one of them.
 */
final class Twins {
    private Twins() {}

    static Optional<String> among(List<Step> steps) {
        Map<String, WorkspacePath> seen = new HashMap<>();
        return steps.stream()
                .flatMap(Twins::left)
                .flatMap(path -> Stream.ofNullable(seen.putIfAbsent(FoldedName.of(path.value()), path))
                        .filter(other -> !other.equals(path))
                        .map(other -> "`" + other + "` and `" + path + "` are one file where case or the composition of"
                                + " letters does not count; give one of them another name"))
                .findFirst();
    }

    /** The paths at which a step leaves a file. */
    private static Stream<WorkspacePath> left(Step step) {
        return switch (step) {
            case Step.Write write -> Stream.of(write.path());
            case Step.Edit edit -> Stream.of(edit.path());
            case Step.EditOneOf edit -> Stream.of(edit.path());
            case Step.Move move -> Stream.of(move.to());
            case Step.Copy copy -> Stream.of(copy.to());
            case Step.Exchange _, Step.Delete _, Step.Chmod _, Step.SetExecutable _, Step.Run _ -> Stream.empty();
        };
    }
}
