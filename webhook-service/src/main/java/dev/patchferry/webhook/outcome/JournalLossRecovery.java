package dev.patchferry.webhook.outcome;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.webhook.runner.DeliveryFence;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.runner.RunnerReply;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RunnerEventStore;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Finds out what is left of the patches after the runner has begun a new journal, or gone back to an older one. */
@Singleton
class JournalLossRecovery {
    private static final Logger LOG = Logger.getLogger(JournalLossRecovery.class);

    private final PatchStore store;
    private final RunnerClient runner;
    private final DeliveryFence deliveryFence;

    JournalLossRecovery(PatchStore store, RunnerClient runner, DeliveryFence deliveryFence) {
        this.store = store;
        this.runner = runner;
        this.deliveryFence = deliveryFence;
    }

    /**
     * Asks for every patch that may have reached the runner and has not ended; those it does not know are lost. Only
     * then is the old cursor forgotten, so that a crash half-way begins again. Meanwhile nothing is sent: what is on its
     * way would be taken for lost.
     *
     * @param newest the new journal's newest cursor before anything is asked; what comes later is followed from there
     * @throws IOException if the runner gives no clear answer about one of them
     */
    void recover(EventCursor newest) throws IOException {
        try (DeliveryFence.Hold _ = deliveryFence.count()) {
            RunnerEventStore runnerEventStore = store.runnerEvents();
            List<PatchId> underway = runnerEventStore.underway();
            LOG.warnf("runner has another journal underway=%d", underway.size());
            for (PatchId id : underway) {
                recover(runnerEventStore, id);
            }
            CrashPoint.WEBHOOK_LOSS_SETTLED.reached();
            runnerEventStore.resumeAt(newest);
        }
    }

    /** Nobody's word but the runner's own makes a patch lost. */
    private void recover(RunnerEventStore runnerEventStore, PatchId id) throws IOException {
        StoredPatch patch = store.find(id).orElseThrow();
        RunnerReply reply = runner.patch(id.value());
        Optional<RunnerPatch> known = reply.status() == 200 ? reply.patch(id, patch.hash()) : Optional.empty();
        if (known.isPresent()) {
            runnerEventStore.apply(known.get());
        } else if (isUnknown(reply)) {
            LOG.warnf("runner lost a patch patchId=%s", id);
            runnerEventStore.lost(id);
        } else {
            throw new IOException("the runner answered " + reply.status() + " about a patch");
        }
    }

    private static boolean isUnknown(RunnerReply reply) {
        return reply.problem()
                .filter(problem -> problem.type().equals(ProblemType.PATCH_NOT_FOUND.uri()))
                .isPresent();
    }
}
