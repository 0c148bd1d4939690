package dev.patchferry.webhook.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.application.PatchDetails;
import dev.patchferry.webhook.application.RunnerAbsence;
import dev.patchferry.webhook.store.DeliveryAttempt;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.BoundedReceipt;
import dev.patchferry.webhook.view.Links;
import dev.patchferry.webhook.view.NextStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that can be said about one patch.
 *
 * @param terminal whether {@code status} is an end
 * @param attempt which execution this is, from 1; 0 before the first
 * @param history every state it came to, oldest first; the earliest are left out when there are very many
 * @param receipt what happened, once an execution ended
 * @param changeSet what an approval has to name, while one is awaited: of a held patch its content hash, of a proposed
 *     one the SHA-256 of what it would bring in
 * @param droppedAt when the receipt and the deliveries were dropped, long after the end
 * @param runnerAwaySince while it waits for a runner that gives no answer: since when
 * @param next what to call next, and when
 */
@JsonNaming(SnakeCaseStrategy.class)
record PatchView(
        PatchId id,
        PatchStatus status,
        boolean terminal,
        WorkspaceName workspace,
        String principal,
        String reason,
        int attempt,
        Instant acceptedAt,
        Instant changedAt,
        List<StatusChange> history,
        Deliveries delivery,
        Optional<Receipt> receipt,
        Optional<String> changeSet,
        Optional<Instant> droppedAt,
        Optional<Instant> runnerAwaySince,
        Links links,
        String next) {
    private static final int LONGEST_HISTORY = 40;
    private static final int LONGEST_REASON = 2_000;

    /**
     * How the patch went to the runner.
     *
     * @param attempts the latest attempts, oldest first
     * @param attemptsOmitted how many came before those
     * @param nextAttemptAt when it is tried again, if it is
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Deliveries(List<Attempt> attempts, int attemptsOmitted, Optional<Instant> nextAttemptAt) {}

    /** One attempt. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Attempt(Instant at, String outcome, Optional<Integer> httpStatus, long durationMs) {}

    static PatchView of(PatchDetails details) {
        StoredPatch patch = details.patch();
        Optional<RunnerAbsence> absence = details.absence();
        PatchId id = patch.id();
        return new PatchView(
                id,
                patch.status(),
                patch.status().isTerminal(),
                patch.workspace(),
                patch.principal(),
                cut(absence.map(away -> away.reason(patch)).orElse(patch.reason())),
                patch.attempt(),
                patch.acceptedAt(),
                patch.changedAt(),
                last(details.history(), LONGEST_HISTORY).stream()
                        .map(change -> new StatusChange(change.status(), change.at(), cut(change.reason())))
                        .toList(),
                deliveries(details),
                patch.receipt().map(BoundedReceipt::of),
                changeSet(patch),
                patch.droppedAt(),
                absence.map(RunnerAbsence::since),
                Links.of(id),
                NextStep.on(patch, absence));
    }

    private static Optional<String> changeSet(StoredPatch patch) {
        return switch (patch.status()) {
            case HELD -> Optional.of(patch.hash().hex());
            case PROPOSED -> patch.receipt().flatMap(Receipt::review).map(Receipt.Review::changeSet);
            default -> Optional.empty();
        };
    }

    private static Deliveries deliveries(PatchDetails details) {
        List<DeliveryAttempt> all = details.attempts();
        List<Attempt> shown = last(all, LONGEST_HISTORY).stream()
                .map(one -> new Attempt(one.at(), one.outcome(), one.httpStatus(), one.durationMs()))
                .toList();
        return new Deliveries(shown, all.size() - shown.size(), details.nextAttemptAt());
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_REASON));
    }

    private static <T> List<T> last(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
