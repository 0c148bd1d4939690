package dev.patchferry.webhook.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to hand a patch to the runner.
 *
 * @param outcome {@code delivered, refused, busy} or {@code failed: why}
 * @param httpStatus what the runner answered, if it did
 * @param durationMs wall time, quick retries included
 */
public record DeliveryAttempt(Instant at, String outcome, Optional<Integer> httpStatus, long durationMs) {}
