package dev.patchferry.webhook.status;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.store.CompletionWaiter;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The patches that the caller of the current request may see. */
@Singleton
class VisiblePatches {
    private final PatchStore store;
    private final CompletionWaiter watch;
    private final SecurityIdentity identity;

    VisiblePatches(PatchStore store, CompletionWaiter watch, SecurityIdentity identity) {
        this.store = store;
        this.watch = watch;
        this.identity = identity;
    }

    Caller caller() {
        return Caller.of(identity);
    }

    /**
     * The patch with this id.
     *
     * @throws ProblemException 404 unless there is one and the caller may see it
     */
    StoredPatch get(String id) {
        PatchId valid = valid(id);
        return caller().visible(store.find(valid), valid);
    }

    /**
     * A patch that the caller wants to do something about.
     *
     * @throws ProblemException 403 if the caller may see it and no more
     */
    StoredPatch getToChange(String id) {
        StoredPatch patch = get(id);
        if (!caller().mayChange(patch)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Only its sender or an operator may do that. Nothing was changed.");
        }
        return patch;
    }

    /** A visible patch once it has ended or the time is up. */
    StoredPatch get(String id, Duration longest) {
        StoredPatch now = get(id);
        return longest.isZero() ? now : watch.await(now.id(), longest).orElse(now);
    }

    private static PatchId valid(String id) {
        if (!PatchId.isValid(id)) {
            throw new ProblemException(
                    ProblemType.PATCH_NOT_FOUND, "No patch can have this id; an id is " + PatchId.RULE + ".");
        }
        return new PatchId(id);
    }
}
