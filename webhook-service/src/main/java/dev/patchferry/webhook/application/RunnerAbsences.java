package dev.patchferry.webhook.application;

import dev.patchferry.webhook.runner.RunnerAvailability;
import dev.patchferry.webhook.store.DeliveryAttempt;
import dev.patchferry.webhook.store.OutboxEntry;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds out whether a patch waits for a runner that gives no answer. */
@Singleton
class RunnerAbsences {
    /** Whoever sent it a moment ago need not wait for another look at the store. */
    private static final Duration YOUNG = Duration.ofSeconds(2);

    private static final String FAILED = "failed";

    private final RunnerAvailability link;
    private final PatchStore store;
    private final Clock clock;

    RunnerAbsences(RunnerAvailability link, PatchStore store, Clock clock) {
        this.link = link;
        this.store = store;
        this.clock = clock;
    }

    /** Empty while the runner answers, or does not matter to the patch: it has ended, or waits for a person. */
    Optional<RunnerAbsence> of(StoredPatch patch) {
        return switch (patch.status()) {
            case ACCEPTED ->
                link.silentSince()
                        .or(() -> failingSince(patch))
                        .map(since -> new RunnerAbsence(since, nextAttempt(patch)));
            case QUEUED, RUNNING -> link.silentSince().map(since -> new RunnerAbsence(since, Optional.empty()));
            case HELD,
                    PROPOSED,
                    SUCCEEDED,
                    FAILED,
                    TIMED_OUT,
                    CANCELLED,
                    INTERRUPTED,
                    PREVIEWED,
                    REJECTED,
                    UNDELIVERABLE,
                    UNDONE -> Optional.empty();
        };
    }

    /** The first of the failed attempts after which none went well. */
    private Optional<Instant> failingSince(StoredPatch patch) {
        if (Duration.between(patch.acceptedAt(), clock.instant()).compareTo(YOUNG) < 0) {
            return Optional.empty();
        }
        List<DeliveryAttempt> attempts = store.outbox().attempts(patch.id());
        return attempts.reversed().stream()
                .takeWhile(attempt -> attempt.outcome().startsWith(FAILED))
                .reduce((_, earlier) -> earlier)
                .map(DeliveryAttempt::at);
    }

    /** What stands before it in its lane goes first. */
    private Optional<Instant> nextAttempt(StoredPatch patch) {
        return store.outbox().head(patch.workspace()).map(OutboxEntry::dueAt).filter(clock.instant()::isBefore);
    }
}
