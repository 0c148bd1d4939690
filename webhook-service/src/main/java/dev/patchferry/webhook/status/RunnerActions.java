package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What only the runner can do about a patch. */
@Singleton
class RunnerActions {
    private final PatchStore store;
    private final RunnerClient runner;

    RunnerActions(PatchStore store, @RestClient RunnerClient runner) {
        this.store = store;
        this.runner = runner;
    }

    /**
     * Has the runner do it and applies what it says the patch is now.
     *
     * @throws ProblemException as the runner refuses it; 503 if it cannot be reached
     */
    void have(StoredPatch patch, Function<RunnerClient, Response> action) {
        try (Response answer = action.apply(runner)) {
            if (answer.getStatus() >= 300) {
                throw refused(answer, patch);
            }
            store.outcomes().apply(answer.readEntity(RunnerPatch.class));
        } catch (ProcessingException e) {
            throw RunnerProblem.unavailable();
        }
    }

    /** What the runner says about a patch goes to the operator; what it says about the webhook does not. */
    private static ProblemException refused(Response answer, StoredPatch patch) {
        return switch (answer.getStatus()) {
            case 404 ->
                new ProblemException(Problem.of(
                                ProblemType.WRONG_STATE,
                                "The runner does not know this patch, so it can do nothing about it.")
                        .about(patch.status()));
            case 403, 409, 422, 428, 429 ->
                RunnerProblem.read(answer.readEntity(byte[].class))
                        .map(ProblemException::new)
                        .orElseGet(RunnerProblem::unavailable);
            default -> RunnerProblem.unavailable();
        };
    }
}
