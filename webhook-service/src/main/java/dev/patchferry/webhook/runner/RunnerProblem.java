package dev.patchferry.webhook.runner;

import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import java.io.IOException;
import java.util.Optional;

/** Problems on the way to the runner, and those it answers with. */
public final class RunnerProblem {
    private RunnerProblem() {}

    /** The problem in an error answer's body, if there is one. */
    public static Optional<Problem> read(byte[] body) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(body, Problem.class))
                    .filter(problem -> problem.type() != null && problem.detail() != null);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** For an action that only the runner can do. */
    public static ProblemException unavailable() {
        return new ProblemException(
                ProblemType.RUNNER_UNAVAILABLE,
                "The runner cannot be reached right now, so this cannot be answered. Patches are accepted all the same;"
                        + " GET /patches/{id} answers without it. Try again in a minute.");
    }
}
