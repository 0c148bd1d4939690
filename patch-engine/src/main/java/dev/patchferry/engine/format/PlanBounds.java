package dev.patchferry.engine.format;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How much one patch may ask for. */
final class PlanBounds {
    private static final int FILES = 500;
    private static final int HUNKS = 5_000;
    private static final int COMMANDS = 1_000;

    private PlanBounds() {}

    /** What these steps have too much of. */
    static Optional<String> exceededBy(List<Step> steps) {
        long files = steps.stream().flatMap(PlanBounds::paths).distinct().count();
        long hunks = steps.stream().mapToLong(PlanBounds::hunks).sum();
        long commands = steps.stream().filter(Step.Run.class::isInstance).count();
        return Stream.of(
                        excess(files, FILES, "files"),
                        excess(hunks, HUNKS, "edits"),
                        excess(commands, COMMANDS, "commands"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> excess(long count, int most, String what) {
        return count <= most
                ? Optional.empty()
                : Optional.of(count + " " + what + " are too many for one patch; the most is " + most
                        + ". Send several patches");
    }

    /** The files that a step is about. */
    static Stream<WorkspacePath> paths(Step step) {
        return switch (step) {
            case Step.Write write -> Stream.of(write.path());
            case Step.Exchange exchange -> Stream.of(exchange.path());
            case Step.Delete delete -> Stream.of(delete.path());
            case Step.Move move -> Stream.of(move.from(), move.to());
            case Step.Copy copy -> Stream.of(copy.from(), copy.to());
            case Step.Chmod chmod -> Stream.of(chmod.path());
            case Step.SetExecutable chmod -> Stream.of(chmod.path());
            case Step.Edit edit -> Stream.of(edit.path());
            case Step.EditOneOf edit -> Stream.of(edit.path(), edit.other());
            case Step.Run _ -> Stream.empty();
        };
    }

    private static long hunks(Step step) {
        return switch (step) {
            case Step.Edit edit -> edit.hunks().size();
            case Step.EditOneOf edit -> edit.hunks().size();
            case Step.Delete delete -> delete.content().size();
            default -> 0;
        };
    }
}
