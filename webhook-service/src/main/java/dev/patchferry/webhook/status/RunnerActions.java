package dev.patchferry.webhook.status;

import dev.patchferry.contract.EventCursor;
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
import org.jspecify.annotations.Nullable;

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
     * What the runner did.
     *
     * @param patch the patch as it is after that
     * @param done whether that is what was asked for, and not a promise
     */
    record Result(RunnerPatch patch, boolean done) {
        /** The event that a request for a change of this patch names; null if the runner does not tell. */
        @Nullable
        String event() {
            return patch.event().map(EventCursor::toString).orElse(null);
        }
    }

    /**
     * Asks the runner for a patch and applies the answer: what is known here may be out of date.
     *
     * @throws ProblemException as the runner refuses it; 503 if it cannot be reached
     */
    Result current(StoredPatch patch) {
        return have(patch, client -> client.patch(patch.id().value()));
    }

    /**
     * Has the runner do it and applies what it says the patch is now.
     *
     * @throws ProblemException as the runner refuses it; 503 if it cannot be reached
     */
    Result have(StoredPatch patch, Function<RunnerClient, Response> action) {
        try (Response answer = action.apply(runner)) {
            if (answer.getStatus() >= 300) {
                throw refused(answer, patch);
            }
            RunnerPatch now = answer.readEntity(RunnerPatch.class);
            store.outcomes().apply(now);
            return new Result(now, answer.getStatus() == 200);
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
