package dev.patchferry.webhook.application;

import dev.patchferry.contract.StatusChange;
import dev.patchferry.webhook.store.DeliveryAttempt;
import dev.patchferry.webhook.store.StoredPatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything the service knows about one patch.
 *
 * @param history every state it came to, oldest first
 * @param attempts to deliver it, oldest first
 * @param nextAttemptAt when its delivery is tried again, if it is
 * @param absence of the runner, if the patch waits for that
 */
public record PatchDetails(
        StoredPatch patch,
        List<StatusChange> history,
        List<DeliveryAttempt> attempts,
        Optional<Instant> nextAttemptAt,
        Optional<RunnerAbsence> absence) {
    public PatchDetails {
        history = List.copyOf(history);
        attempts = List.copyOf(attempts);
    }
}
