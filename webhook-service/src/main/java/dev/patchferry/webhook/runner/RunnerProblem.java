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

    /**
     * The problem in an error answer.
     *
     * @return empty unless it is one of ours and belongs to this status
     */
    public static Optional<Problem> read(int status, byte[] body) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(body, Problem.class))
                    .filter(problem -> problem.type() != null && problem.title() != null && problem.detail() != null)
                    .filter(problem -> problem.status() == status)
                    .filter(problem -> ProblemType.of(problem.type())
                            .filter(type -> type.status() == status)
                            .isPresent());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** For an action that was asked for, after whatever happened in place of the runner's answer. */
    public static ProblemException unavailable(UnansweredException e) {
        return e.cause() == UnansweredException.Cause.UNREACHABLE ? unavailable() : unanswered();
    }

    /** For what only the runner can answer, and nothing was sent. */
    public static ProblemException unavailable() {
        return new ProblemException(
                ProblemType.RUNNER_UNAVAILABLE,
                "The runner cannot be reached right now, so this cannot be answered; nothing was changed. Patches are accepted"
                        + " all the same; GET /patches/{id} answers without it. Try again in a minute.");
    }

    /** For what only the runner can answer, and what came back is no answer of it. */
    public static ProblemException unanswered() {
        return new ProblemException(
                ProblemType.RUNNER_UNAVAILABLE,
                "The runner gave no usable answer, so it is not known whether this was done. Look at GET /patches/{id} in a"
                        + " minute and send the same again if it is still wanted: it is done once at most. If it goes on like"
                        + " this, tell the operator to look at what answers at the runner's address.");
    }
}
