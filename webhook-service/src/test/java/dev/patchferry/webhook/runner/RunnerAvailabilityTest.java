package dev.patchferry.webhook.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.webhook.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunnerAvailabilityTest {
    private final HandClock clock = new HandClock();

    @Test
    void tellsEachTimeTheRunnerComesBackAndOnlyThen() {
        RunnerAvailability link = new RunnerAvailability(clock);
        AtomicInteger returns = new AtomicInteger();
        link.onUp(returns::incrementAndGet);

        link.up();
        link.up();
        link.down("gone");
        link.down("still gone");
        link.up();

        assertThat(returns).hasValue(2);
    }

    @Test
    void saysWhyTheRunnerCannotBeUsed() {
        RunnerAvailability link = new RunnerAvailability(clock);
        assertThat(link.fault()).contains("not tried yet");

        link.up();
        assertThat(link.fault()).isEmpty();

        link.down("gone");
        assertThat(link.fault()).contains("gone");
    }

    @Test
    void knowsSinceWhenTheRunnerIsSilentAndTakesNoEndOfAStreamForThat() {
        RunnerAvailability link = new RunnerAvailability(clock);
        assertThat(link.silentSince()).isEmpty();

        link.up();
        link.ended("the stream ended");
        Instant ended = clock.instant();
        assertThat(link.silentSince()).isEmpty();

        clock.advance(Duration.ofSeconds(5));
        link.down("gone");
        link.ended("the stream ended");
        assertThat(link.silentSince()).contains(ended);

        link.up();
        assertThat(link.silentSince()).isEmpty();
    }
}
