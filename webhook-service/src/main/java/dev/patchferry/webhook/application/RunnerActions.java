package dev.patchferry.webhook.application;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.runner.UnansweredException;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.util.Optional;
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
    record Done(RunnerPatch patch, boolean done) {
        /** The event that a request for a change of this patch names; null if the runner does not tell. */
        @Nullable
        String event() {
            return patch.event().map(EventCursor::toString).orElse(null);
        }
    }

    /** Asks the runner for a patch and applies the answer: what is known here may be out of date. */
    Result<Done> current(StoredPatch patch) {
        return send(patch, client -> client.patch(patch.id().value()));
    }

    /** A request to the runner. */
    interface Request {
        RunnerReply send(RunnerClient runner) throws UnansweredException;
    }

    /** Has the runner do it and applies what it says the patch is now. */
    Result<Done> send(StoredPatch patch, Request request) {
        RunnerReply reply;
        try {
            reply = request.send(runner);
        } catch (UnansweredException e) {
            LOG.infof("no answer to an action patchId=%s reason=%s", patch.id(), e.getMessage());
            return Result.refused(unanswered(e));
        }
        if (reply.status() != 200 && reply.status() != 202) {
            return Result.refused(refusal(reply, patch));
        }
        Optional<RunnerPatch> now = reply.patch(patch.id(), patch.hash());
        if (now.isEmpty()) {
            return Result.refused(new Refusal.RunnerSilent());
        }
        store.runnerEvents().apply(now.get());
        return Result.ok(new Done(now.get(), reply.status() == 200));
    }

    /** Why a request of any kind has no answer. */
    static Refusal unanswered(UnansweredException e) {
        return e.cause() == UnansweredException.Cause.UNREACHABLE
                ? new Refusal.RunnerUnreachable()
                : new Refusal.RunnerSilent();
    }

    /** What the runner says about a patch goes to the caller; what it says about the webhook does not. */
    private static Refusal refusal(RunnerReply reply, StoredPatch patch) {
        if (reply.problem().isEmpty()) {
            return new Refusal.RunnerSilent();
        }
        return switch (reply.status()) {
            case 404 ->
                new Refusal.WrongState(
                        patch.status(), "The runner does not know this patch, so it can do nothing about it.");
            case 403, 409, 422, 428, 429 -> new Refusal.ByRunner(reply.problem().get());
            default -> new Refusal.RunnerSilent();
        };
    }
}
