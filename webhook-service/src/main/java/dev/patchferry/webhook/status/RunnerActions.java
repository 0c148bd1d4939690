package dev.patchferry.webhook.status;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What only the runner can do about a patch. */
@Singleton
class RunnerActions {
    private static final Logger LOG = Logger.getLogger(RunnerActions.class);

    private final PatchStore store;
    private final RunnerClient runner;

    RunnerActions(PatchStore store, RunnerClient runner) {
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

    /** A request to the runner. */
    interface Request {
        RunnerReply send(RunnerClient runner) throws UnansweredException;
    }

    /**
     * Has the runner do it and applies what it says the patch is now.
     *
     * @throws ProblemException as the runner refuses it; 503 if there is no answer, or none of a runner that knows the patch
     */
    Result have(StoredPatch patch, Request request) {
        RunnerReply reply;
        try {
            reply = request.send(runner);
        } catch (UnansweredException e) {
            LOG.infof("no answer to an action patchId=%s reason=%s", patch.id(), e.getMessage());
            throw RunnerProblem.unavailable(e);
        }
        if (reply.status() != 200 && reply.status() != 202) {
            throw refused(reply, patch);
        }
        RunnerPatch now = reply.patch(patch.id(), patch.hash()).orElseThrow(RunnerProblem::unanswered);
        store.runnerEvents().apply(now);
        return new Result(now, reply.status() == 200);
    }

    /** What the runner says about a patch goes to the operator; what it says about the webhook does not. */
    private static ProblemException refused(RunnerReply reply, StoredPatch patch) {
        Problem problem = reply.problem().orElseThrow(RunnerProblem::unanswered);
        return switch (reply.status()) {
            case 404 ->
                new ProblemException(Problem.of(
                                ProblemType.WRONG_STATE,
                                "The runner does not know this patch, so it can do nothing about it.")
                        .about(patch.status()));
            case 403, 409, 422, 428, 429 -> new ProblemException(problem);
            default -> RunnerProblem.unanswered();
        };
    }
}
