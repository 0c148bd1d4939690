package dev.patchferry.webhook.auth;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.foundation.settings.StartOrder;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many patches a principal may send: so many per minute, refilled evenly, and half of that at once. Counts what is sent
 * to {@code POST /webhook} or by a tool that writes, whatever comes of it; reading is free. One bucket per principal, so memory is bounded by how
 * many of those there are.
 */
@Startup(StartOrder.SETTINGS)
@Singleton
public final class RateLimit {
    private static final String OFF = "off";

    private final OptionalInt everybodys;
    private final Event<AuthEvent> events;
    private final TimeMeter time;
    private final ConcurrentHashMap<String, Meter> meters = new ConcurrentHashMap<>();

    @Inject
    RateLimit(AuthConfig config, Event<AuthEvent> events) {
        this(config.rateLimit(), events, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(String everybodys, Event<AuthEvent> events, TimeMeter time) {
        this.everybodys = parse(everybodys);
        this.events = events;
        this.time = time;
    }

    private static OptionalInt parse(String setting) {
        if (setting.equals(OFF)) {
            return OptionalInt.empty();
        }
        if (!setting.matches("[1-9][0-9]{0,5}")) {
            throw new SettingException("FERRY_RATE_LIMIT is `" + setting
                    + "`; it is a number of patches per minute and principal from 1 to 999999, or off");
        }
        return OptionalInt.of(Integer.parseInt(setting));
    }

    /**
     * Counts one patch.
     *
     * @throws ProblemException 429 with {@code Retry-After} if it is one too many
     */
    public void count(Principal sender) {
        count(sender.name(), sender.rate());
    }

    /**
     * Counts one patch.
     *
     * @param own the principal's own rate
     * @throws ProblemException 429 with {@code Retry-After} if it is one too many
     */
    public void count(String principal, OptionalInt own) {
        OptionalInt rate = own.isPresent() ? own : everybodys;
        if (rate.isEmpty()) {
            return;
        }
        Meter meter = meter(principal, rate.getAsInt());
        if (!meter.bucket().tryConsume(1)) {
            events.fire(new AuthEvent.RateLimited(principal));
            throw tooMany(meter);
        }
    }

    private Meter meter(String name, int perMinute) {
        Meter there = meters.get(name);
        return there != null && there.perMinute() == perMinute
                ? there
                : meters.compute(
                        name,
                        (_, now) -> now != null && now.perMinute() == perMinute ? now : Meter.of(perMinute, time));
    }

    private static ProblemException tooMany(Meter meter) {
        long nanos = meter.bucket().estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return new ProblemException(
                Problem.of(
                        ProblemType.RATE_LIMITED,
                        "This credential may send " + meter.perMinute()
                                + " patches per minute. Nothing of this one was stored; send the same again after the"
                                + " seconds that Retry-After says."),
                Optional.of(Seconds.upTo(Duration.ofNanos(nanos))));
    }

    void forget(@Observes AuthEvent.PrincipalsChanged change) {
        meters.keySet().removeAll(change.revoked());
    }

    /** A rate and what is left of it. */
    private record Meter(int perMinute, Bucket bucket) {
        static Meter of(int perMinute, TimeMeter time) {
            long atOnce = Math.max(1, perMinute / 2);
            return new Meter(
                    perMinute,
                    Bucket.builder()
                            .addLimit(limit -> limit.capacity(atOnce).refillGreedy(perMinute, Duration.ofMinutes(1)))
                            .withCustomTimePrecision(time)
                            .build());
        }
    }
}
