package dev.patchferry.webhook.delivery;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to try again, and when no more. */
@Singleton
class RetrySchedule {
    private final List<Duration> backoff;
    private final double jitter;
    private final Duration giveUpAfter;
    private final Duration furthest;
    private final Duration rest;
    private final Clock clock;
    private final RandomGenerator chance;

    RetrySchedule(DeliveryConfig config, Clock clock, RandomGenerator chance) {
        this.backoff = List.copyOf(config.backoff());
        this.jitter = config.jitter();
        this.giveUpAfter = config.giveUpAfter();
        this.furthest = config.furthest();
        this.rest = config.rest();
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * The time of the attempt after this one.
     *
     * @param failures attempts that failed before this one
     * @param retryAfter what the runner asked for; honoured between the planned pause and twice that
     */
    Instant after(int failures, Optional<Duration> retryAfter) {
        Duration base = backoff.get(Math.min(failures, backoff.size() - 1));
        Duration pause = retryAfter
                .map(asked -> clamp(asked, base, base.multipliedBy(2)))
                .orElseGet(() -> spread(base));
        return clock.instant().plus(clamp(pause, Duration.ZERO, furthest));
    }

    /** Whether an attempt that fails now is the last. */
    boolean isExhausted(Instant enqueuedAt) {
        return Duration.between(enqueuedAt, clock.instant()).compareTo(giveUpAfter) >= 0;
    }

    Instant now() {
        return clock.instant();
    }

    /** How long until then; not positive if it is due. */
    Duration until(Instant due) {
        Duration ahead = Duration.between(clock.instant(), due);
        return ahead.compareTo(furthest) > 0 ? Duration.ZERO : ahead;
    }

    /** How long a lane rests that may not, or cannot, try. */
    Duration rest() {
        return rest;
    }

    private Duration spread(Duration base) {
        double factor = 1 + jitter * (2 * chance.nextDouble() - 1);
        return Duration.ofNanos(Math.round(base.toNanos() * factor));
    }

    private static Duration clamp(Duration value, Duration least, Duration most) {
        return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
    }
}
