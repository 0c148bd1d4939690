package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.webhook.store.DeliveryAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How one attempt to hand a patch to the runner went. */
sealed interface DeliveryResult {
    /** The runner has journalled it, now or before. */
    record Delivered(RunnerPatch patch, int status) implements DeliveryResult {
        @Override
        public DeliveryAttempt attempt(Instant at, long durationMs) {
            return new DeliveryAttempt(at, "delivered", Optional.of(status), durationMs);
        }
    }

    /** The runner will never take it. */
    record Refused(String reason, int status) implements DeliveryResult {
        @Override
        public DeliveryAttempt attempt(Instant at, long durationMs) {
            return new DeliveryAttempt(at, "refused", Optional.of(status), durationMs);
        }
    }

    /**
     * The workspace's queue is full.
     *
     * @param mayHaveArrived whether an earlier request of this attempt may have reached the runner
     */
    record Busy(Optional<Duration> retryAfter, int status, boolean mayHaveArrived) implements DeliveryResult {
        @Override
        public DeliveryAttempt attempt(Instant at, long durationMs) {
            return new DeliveryAttempt(at, "busy", Optional.of(status), durationMs);
        }
    }

    /**
     * It may work next time.
     *
     * @param mayHaveArrived whether a request may have reached the runner all the same
     */
    record Failed(String reason, Optional<Integer> status, boolean mayHaveArrived) implements DeliveryResult {
        @Override
        public DeliveryAttempt attempt(Instant at, long durationMs) {
            return new DeliveryAttempt(at, "failed: " + reason, status, durationMs);
        }
    }

    /** Nothing was tried, since too much failed of late: this is no attempt. */
    record BreakerOpen() implements DeliveryResult {
        @Override
        public DeliveryAttempt attempt(Instant at, long durationMs) {
            throw new IllegalStateException("an open breaker consumes no attempt");
        }
    }

    /** The patch was cancelled before it left: this is no attempt. */
    record Withdrawn() implements DeliveryResult {
        @Override
        public DeliveryAttempt attempt(Instant at, long durationMs) {
            throw new IllegalStateException("what never left is no attempt");
        }
    }

    /** This attempt as it is written down. */
    DeliveryAttempt attempt(Instant at, long durationMs);
}
