package dev.patchferry.webhook.outcome;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.webhook.runner.Crossing;
import dev.patchferry.webhook.runner.RunnerClient;
import dev.patchferry.webhook.store.Outcomes;
import dev.patchferry.webhook.store.PatchStore;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Finds out what is left of the patches after the runner has begun a new journal, or gone back to an older one. */
@Singleton
class StateLoss {
    private static final Logger LOG = Logger.getLogger(StateLoss.class);

    private final PatchStore store;
    private final RunnerClient runner;
    private final Crossing crossing;

    StateLoss(PatchStore store, @RestClient RunnerClient runner, Crossing crossing) {
        this.store = store;
        this.runner = runner;
        this.crossing = crossing;
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
        try (Crossing.Hold _ = crossing.count()) {
            Outcomes outcomes = store.outcomes();
            List<PatchId> underway = outcomes.underway();
            LOG.warnf("runner has another journal underway=%d", underway.size());
            for (PatchId id : underway) {
                recover(outcomes, id);
            }
            CrashPoint.WEBHOOK_LOSS_SETTLED.reached();
            outcomes.resumeAt(newest);
        }
    }

    private void recover(Outcomes outcomes, PatchId id) throws IOException {
        try (Response response = runner.patch(id.value())) {
            switch (response.getStatus()) {
                case 200 -> outcomes.apply(response.readEntity(RunnerPatch.class));
                case 404 -> {
                    LOG.warnf("runner lost a patch patchId=%s", id);
                    outcomes.lost(id);
                }
                default -> throw new IOException("the runner answered " + response.getStatus() + " about a patch");
            }
        }
    }
}
