package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.webhook.runner.DeliveryFence;
import dev.patchferry.webhook.runner.RunnerAvailability;
import dev.patchferry.webhook.store.DeliveryDecision;
import dev.patchferry.webhook.store.Outbox;
import dev.patchferry.webhook.store.OutboxEntry;
import dev.patchferry.webhook.store.PatchStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a lane does when it may: send its head, note how that went, and say how long to rest. */
@Singleton
class DeliveryWork {
    private static final Logger LOG = Logger.getLogger(DeliveryWork.class);

    private final PatchStore store;
    private final DeliveryClient deliveryClient;
    private final RetrySchedule schedule;
    private final RunnerAvailability link;
    private final DeliveryFence deliveryFence;

    DeliveryWork(
            PatchStore store,
            DeliveryClient deliveryClient,
            RetrySchedule schedule,
            RunnerAvailability link,
            DeliveryFence deliveryFence) {
        this.deliveryFence = deliveryFence;
        this.store = store;
        this.deliveryClient = deliveryClient;
        this.schedule = schedule;
        this.link = link;
    }

    /**
     * Sends the lane's head if it is due.
     *
     * @param hastened whether to send it although it is not due, since something has changed for the better
     * @return how long the lane rests before it looks again; empty if nothing is left in it
     */
    Optional<Duration> step(WorkspaceName lane, boolean hastened) {
        try (DeliveryFence.Hold _ = deliveryFence.underWay()) {
            return sendHead(lane, hastened);
        }
    }

    private Optional<Duration> sendHead(WorkspaceName lane, boolean hastened) {
        Outbox outbox = store.outbox();
        Optional<OutboxEntry> head = outbox.head(lane);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Duration wait = schedule.until(head.get().dueAt());
        if (wait.isPositive() && !hastened) {
            return Optional.of(wait);
        }
        return Optional.of(send(head.get(), outbox));
    }

    private Duration send(OutboxEntry outboxEntry, Outbox outbox) {
        Instant begin = schedule.now();
        long started = System.nanoTime();
        DeliveryResult deliveryResult = deliveryClient.deliver(outboxEntry);
        CrashPoint.WEBHOOK_ANSWERED.reached();
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        LOG.infof(
                "delivery attempted patchId=%s failures=%d outcome=%s durationMs=%d",
                outboxEntry.id(),
                outboxEntry.failures(),
                deliveryResult.getClass().getSimpleName(),
                millis);
        Optional<DeliveryDecision> decision = decision(outboxEntry, deliveryResult);
        decision.ifPresent(what -> outbox.settle(outboxEntry, deliveryResult.attempt(begin, millis), what));
        CrashPoint.WEBHOOK_SETTLED.reached();
        return decision.map(this::rest).orElseGet(() -> restWithoutAttempt(deliveryResult));
    }

    private Optional<DeliveryDecision> decision(OutboxEntry outboxEntry, DeliveryResult deliveryResult) {
        return switch (deliveryResult) {
            case DeliveryResult.Delivered delivered -> Optional.of(new DeliveryDecision.Forwarded(delivered.patch()));
            case DeliveryResult.Refused refused -> Optional.of(new DeliveryDecision.Refused(refused.reason()));
            case DeliveryResult.Busy busy ->
                Optional.of(new DeliveryDecision.Later(
                        schedule.after(outboxEntry.failures(), busy.retryAfter()), busy.mayHaveArrived()));
            case DeliveryResult.Failed failed -> Optional.of(afterFailure(outboxEntry, failed));
            case DeliveryResult.BreakerOpen(), DeliveryResult.Withdrawn() -> Optional.empty();
        };
    }

    private Duration restWithoutAttempt(DeliveryResult deliveryResult) {
        return deliveryResult instanceof DeliveryResult.Withdrawn ? Duration.ZERO : schedule.rest();
    }

    private Duration rest(DeliveryDecision deliveryDecision) {
        return switch (deliveryDecision) {
            case DeliveryDecision.Later later -> schedule.until(later.due());
            case DeliveryDecision.Forwarded _ -> {
                link.up();
                yield Duration.ZERO;
            }
            case DeliveryDecision.Refused _, DeliveryDecision.GivenUp _ -> Duration.ZERO;
        };
    }

    private DeliveryDecision afterFailure(OutboxEntry outboxEntry, DeliveryResult.Failed failed) {
        if (!schedule.isExhausted(outboxEntry.enqueuedAt())) {
            return new DeliveryDecision.Later(
                    schedule.after(outboxEntry.failures(), Optional.empty()), failed.mayHaveArrived());
        }
        boolean unknown = outboxEntry.sentBefore() || failed.mayHaveArrived();
        String last = " The last attempt: " + failed.reason() + ".";
        return new DeliveryDecision.GivenUp(
                unknown
                        ? "outcome_unknown: it was tried for as long as it is tried, and the runner may have received it all the"
                                + " same. Look at the workspace before you send it under a new id."
                                + last
                        : "not_delivered: the runner could not be reached for as long as it is tried; nothing of it ran."
                                + last);
    }
}
