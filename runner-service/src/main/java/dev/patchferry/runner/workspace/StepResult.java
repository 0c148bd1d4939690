package dev.patchferry.runner.workspace;

import java.util.Optional;

/** What came of a step that the engine did itself. */
public sealed interface StepResult {
    /**
     * Done.
     *
     * @param matchGrade how exactly an edit matched
     */
    record Done(Optional<String> matchGrade) implements StepResult {}

    /** Not done, and nothing of it done. */
    record Refused(String reason) implements StepResult {}
}
