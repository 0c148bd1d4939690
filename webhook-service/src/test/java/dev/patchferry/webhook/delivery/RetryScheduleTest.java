package dev.patchferry.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.webhook.HandClock;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final SmallRyeConfig DEFAULTS = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(DeliveryConfig.class)
            .build();

    private final HandClock clock = new HandClock();

    @Test
    void followsTheLadderAndStaysOnItsLastStep() {
        RetrySchedule schedule = schedule(0.5);

        List<Long> seconds = IntStream.range(0, 10)
                .mapToObj(
                        failures -> pause(schedule, failures, Optional.empty()).toSeconds())
                .toList();

        assertThat(seconds).containsExactly(1L, 2L, 5L, 10L, 30L, 60L, 120L, 300L, 300L, 300L);
    }

    @Test
    void spreadsByAFifthEitherWay() {
        assertThat(pause(schedule(0), 3, Optional.empty())).isEqualTo(Duration.ofSeconds(8));
        assertThat(pause(schedule(0.999_999_999), 3, Optional.empty()))
                .isBetween(Duration.ofMillis(11_999), Duration.ofSeconds(12));
        assertThat(pause(schedule(0.999_999_999), 8, Optional.empty())).isLessThanOrEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void honoursRetryAfterBetweenThePauseAndTwiceThat() {
        RetrySchedule schedule = schedule(0.5);

        assertThat(pause(schedule, 3, Optional.of(Duration.ofSeconds(3)))).isEqualTo(Duration.ofSeconds(10));
        assertThat(pause(schedule, 3, Optional.of(Duration.ofSeconds(15)))).isEqualTo(Duration.ofSeconds(15));
        assertThat(pause(schedule, 3, Optional.of(Duration.ofHours(9)))).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void neverPlansSoFarAheadThatItLooksLikeAClockThatJumped() {
        RetrySchedule schedule = schedule(0.5);

        Instant due = clock.instant().plus(pause(schedule, 8, Optional.of(Duration.ofHours(1))));

        assertThat(schedule.until(due)).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void takesATimeTooFarAheadForDue() {
        RetrySchedule schedule = schedule(0.5);
        Instant due = clock.instant().plusSeconds(360);
        assertThat(schedule.until(due)).isEqualTo(Duration.ofMinutes(6));

        clock.advance(Duration.ofSeconds(-1));

        assertThat(schedule.until(due)).isZero();
    }

    @Test
    void isDueWhenTheTimeHasCome() {
        RetrySchedule schedule = schedule(0.5);
        Instant due = clock.instant().plusSeconds(5);

        clock.advance(Duration.ofSeconds(5));

        assertThat(schedule.until(due)).isZero();
    }

    @Test
    void givesUpAfterADay() {
        RetrySchedule schedule = schedule(0.5);
        Instant enqueued = clock.instant();

        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(schedule.isExhausted(enqueued)).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(schedule.isExhausted(enqueued)).isTrue();
    }

    private Duration pause(RetrySchedule schedule, int failures, Optional<Duration> retryAfter) {
        return Duration.between(clock.instant(), schedule.after(failures, retryAfter));
    }

    private RetrySchedule schedule(double chance) {
        RandomGenerator always = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return chance;
            }
        };
        return new RetrySchedule(DEFAULTS.getConfigMapping(DeliveryConfig.class), clock, always);
    }
}
