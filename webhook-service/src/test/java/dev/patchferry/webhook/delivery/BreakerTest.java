package dev.patchferry.webhook.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.HandClock;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.WithRunner;
import dev.patchferry.webhook.runner.DeliveryFence;
import dev.patchferry.webhook.runner.RunnerAvailability;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.TestStore;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The breaker in its own time: the clock of the schedule and the timer of the breaker are moved on by hand. */
@QuarkusTest
@TestProfile(HandHeldBreaker.class)
@WithTestResource(WithRunner.class)
class BreakerTest {
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofMillis(1);

    RunnerDouble runner;

    @Inject
    GuardedRunner guarded;

    @Inject
    RunnerStreams streams;

    @Inject
    CircuitBreakerMaintenance breakers;

    @TempDir
    Path home;

    private final HandClock clock = new HandClock();
    private final NewPatch patch = Samples.patch("behind-a-breaker", "echo hi", "breaker");

    @AutoClose
    private PatchStore store;

    private DeliveryWork work;

    @BeforeEach
    void acceptAPatch() {
        store = TestStore.in(home, clock);
        store.accept(patch);
        DeliveryConfig defaults = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DeliveryConfig.class)
                .build()
                .getConfigMapping(DeliveryConfig.class);
        RetrySchedule schedule = new RetrySchedule(defaults, clock, new Random(5));
        work = new DeliveryWork(
                store,
                new DeliveryClient(guarded, streams, store),
                schedule,
                new RunnerAvailability(clock),
                new DeliveryFence());
    }

    @Test
    void staysOpenForFiveSecondsWithoutAnAttemptThenTriesOnceAndCloses() {
        runner.answerDeliveries(
                "behind-a-breaker",
                Collections.nCopies(11, aResponse().withStatus(500)).toArray(ResponseDefinitionBuilder[]::new));
        for (int attempt = 1; attempt <= 10; attempt++) {
            assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
            clock.advance(step().orElseThrow());
        }
        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);

        pass(DELAY.minus(MOMENT));
        assertThat(step()).contains(DELAY);
        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);
        assertThat(attempts()).isEqualTo(10);

        pass(MOMENT);
        assertThat(state()).isEqualTo(CircuitBreakerState.HALF_OPEN);
        clock.advance(step().orElseThrow());
        assertThat(attempts()).isEqualTo(11);
        assertThat(state()).isEqualTo(CircuitBreakerState.OPEN);

        assertThat(step()).contains(DELAY);
        assertThat(attempts()).isEqualTo(11);

        pass(DELAY);
        assertThat(step()).contains(Duration.ZERO);
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(store.find(patch.id()).orElseThrow().status()).isEqualTo(PatchStatus.QUEUED);
    }

    /** For the breaker; what the schedule plans is due already. */
    private static void pass(Duration time) {
        HandHeldBreaker.TIMER.advance(time);
    }

    private Optional<Duration> step() {
        return work.step(patch.workspace(), false);
    }

    /** As the store counts them, and as the runner saw them. */
    private int attempts() {
        int stored = store.outbox().attempts(new PatchId("behind-a-breaker")).size();
        assertThat(runner.deliveries("behind-a-breaker")).hasSize(stored);
        return stored;
    }

    private CircuitBreakerState state() {
        return breakers.currentState(GuardedRunner.BREAKER);
    }
}
