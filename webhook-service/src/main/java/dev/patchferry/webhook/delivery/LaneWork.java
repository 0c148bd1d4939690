package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.webhook.runner.Crossing;
import dev.patchferry.webhook.runner.RunnerLink;
import dev.patchferry.webhook.store.Outbox;
import dev.patchferry.webhook.store.Parcel;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.Settlement;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a lane does when it may: send its head, note how that went, and say how long to rest. */
@Singleton
class LaneWork {
    private static final Logger LOG = Logger.getLogger(LaneWork.class);

    private final PatchStore store;
    private final Courier courier;
    private final RetrySchedule schedule;
    private final RunnerLink link;
    private final Crossing crossing;

    LaneWork(PatchStore store, Courier courier, RetrySchedule schedule, RunnerLink link, Crossing crossing) {
        this.crossing = crossing;
        this.store = store;
        this.courier = courier;
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
        try (Crossing.Hold _ = crossing.underWay()) {
            return sendHead(lane, hastened);
        }
    }

    private Optional<Duration> sendHead(WorkspaceName lane, boolean hastened) {
        Outbox outbox = store.outbox();
        Optional<Parcel> head = outbox.head(lane);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Duration wait = schedule.until(head.get().dueAt());
        if (wait.isPositive() && !hastened) {
            return Optional.of(wait);
        }
        return Optional.of(send(head.get(), outbox));
    }

    private Duration send(Parcel parcel, Outbox outbox) {
        Instant begin = schedule.now();
        long started = System.nanoTime();
        Delivery delivery = courier.deliver(parcel);
        CrashPoint.WEBHOOK_ANSWERED.reached();
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        LOG.infof(
                "delivery attempted patchId=%s failures=%d outcome=%s durationMs=%d",
                parcel.id(), parcel.failures(), delivery.getClass().getSimpleName(), millis);
        Optional<Settlement> settlement = settlement(parcel, delivery);
        settlement.ifPresent(what -> outbox.settle(parcel, delivery.attempt(begin, millis), what));
        CrashPoint.WEBHOOK_SETTLED.reached();
        return settlement.map(this::rest).orElseGet(() -> restWithoutAttempt(delivery));
    }

    private Optional<Settlement> settlement(Parcel parcel, Delivery delivery) {
        return switch (delivery) {
            case Delivery.Delivered delivered -> Optional.of(new Settlement.Forwarded(delivered.patch()));
            case Delivery.Refused refused -> Optional.of(new Settlement.Refused(refused.reason()));
            case Delivery.Busy busy ->
                Optional.of(new Settlement.Later(
                        schedule.after(parcel.failures(), busy.retryAfter()), busy.mayHaveArrived()));
            case Delivery.Failed failed -> Optional.of(afterFailure(parcel, failed));
            case Delivery.BreakerOpen(), Delivery.Withdrawn() -> Optional.empty();
        };
    }

    private Duration restWithoutAttempt(Delivery delivery) {
        return delivery instanceof Delivery.Withdrawn ? Duration.ZERO : schedule.rest();
    }

    private Duration rest(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Later later -> schedule.until(later.due());
            case Settlement.Forwarded _ -> {
                link.up();
                yield Duration.ZERO;
            }
            case Settlement.Refused _, Settlement.GivenUp _ -> Duration.ZERO;
        };
    }

    private Settlement afterFailure(Parcel parcel, Delivery.Failed failed) {
        if (!schedule.isExhausted(parcel.enqueuedAt())) {
            return new Settlement.Later(schedule.after(parcel.failures(), Optional.empty()), failed.mayHaveArrived());
        }
        boolean unknown = parcel.sentBefore() || failed.mayHaveArrived();
        String last = " The last attempt: " + failed.reason() + ".";
        return new Settlement.GivenUp(
                unknown
                        ? "outcome_unknown: it was tried for as long as it is tried, and the runner may have received it all the"
                                + " same. Look at the workspace before you send it under a new id."
                                + last
                        : "not_delivered: the runner could not be reached for as long as it is tried; nothing of it ran."
                                + last);
    }
}
