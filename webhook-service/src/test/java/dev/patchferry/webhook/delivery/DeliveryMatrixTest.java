package dev.patchferry.webhook.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.HandClock;
import dev.patchferry.webhook.RunnerAnswers;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.WithRunner;
import dev.patchferry.webhook.runner.DeliveryFence;
import dev.patchferry.webhook.runner.RunnerAvailability;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.DeliveryAttempt;
import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.store.TestStore;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One lane, step by step, with the real client and its fault tolerance against a runner that misbehaves; the store and the
 * clock are the test's own, so that waits are read and not waited for. No random part in the pauses.
 */
@QuarkusTest
@WithTestResource(WithRunner.class)
class DeliveryMatrixTest {
    private static final int ALWAYS = 40;

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
    private final String id = "matrix-" + UUID.randomUUID();
    private final NewPatch patch = Samples.patch(id, "echo hi", "matrix");
    private final WorkspaceName lane = patch.workspace();
    private PatchStore store;
    private DeliveryWork work;

    @BeforeEach
    void acceptAPatch() {
        breakers.reset(GuardedRunner.BREAKER);
        store = TestStore.in(home, clock);
        store.accept(patch);
        DeliveryConfig defaults = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DeliveryConfig.class)
                .build()
                .getConfigMapping(DeliveryConfig.class);
        RandomGenerator middle = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return 0.5;
            }
        };
        RetrySchedule schedule = new RetrySchedule(defaults, clock, middle);
        work = new DeliveryWork(
                store,
                new DeliveryClient(guarded, streams, store),
                schedule,
                new RunnerAvailability(clock),
                new DeliveryFence());
    }

    @AfterEach
    void close() {
        store.close();
        breakers.reset(GuardedRunner.BREAKER);
    }

    static Stream<Arguments> failures() throws JsonProcessingException {
        NewPatch other = Samples.patch("other", "echo other", "matrix");
        return Stream.of(
                argumentSet("500", status(500), "failed: the runner answered 500", 1),
                argumentSet("503", status(503), "failed: the runner answered 503", 3),
                argumentSet("401", status(401), "failed: the runner does not accept", 1),
                argumentSet("404", status(404), "failed: the runner answered 404", 1),
                argumentSet("garbage", status(200).withBody("<html>"), "failed: the answer does not come from", 1),
                argumentSet(
                        "another patch",
                        status(202)
                                .withBody(
                                        Json.MAPPER.writeValueAsString(Samples.runnerPatch(other, PatchStatus.QUEUED))),
                        "failed: the answer does not come from",
                        1),
                argumentSet("409 of somebody else", status(409), "failed: the answer does not come from", 1),
                argumentSet("422 of somebody else", page(422), "failed: the answer does not come from", 1),
                argumentSet("429 of somebody else", page(429), "failed: the answer does not come from", 1),
                argumentSet("a redirect", page(302), "failed: the runner answered 302", 1),
                argumentSet(
                        "another protocol",
                        aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
                        "failed: the connection",
                        3),
                argumentSet(
                        "a cut body",
                        aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                        "failed: the connection",
                        3),
                argumentSet("nothing", aResponse().withFault(Fault.EMPTY_RESPONSE), "failed: the connection", 3),
                argumentSet(
                        "reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "failed: the connection", 3),
                argumentSet("hang", status(202).withFixedDelay(8_000), "failed: the runner did not answer in time", 1),
                argumentSet(
                        "drip",
                        status(202).withBody("x".repeat(60)).withChunkedDribbleDelay(60, 8_000),
                        "failed: the runner did not answer in time",
                        1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void waitsASecondAfterTheFirstFailureAndKeepsThePatch(
            ResponseDefinitionBuilder answer, String outcome, int requests) {
        always(answer);

        assertThat(step()).contains(Duration.ofSeconds(1));

        assertThat(state().status()).isEqualTo(PatchStatus.ACCEPTED);
        assertThat(attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcome()).startsWith(outcome));
        assertThat(runner.deliveries(id)).hasSize(requests);
        assertThat(step()).contains(Duration.ofSeconds(1));
        assertThat(runner.deliveries(id)).hasSize(requests);
    }

    /** With its retries; {@link WithRunner} gives it less, for its tests. */
    @Test
    void anAttemptTakesTwelveSecondsAtMost() throws NoSuchMethodException {
        assertThat(GuardedRunner.class
                        .getDeclaredMethod("submit", InFlightDelivery.class)
                        .getAnnotation(Timeout.class))
                .returns(12_000L, Timeout::value)
                .returns(ChronoUnit.MILLIS, Timeout::unit);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void endsRejectedWhatTheRunnerWillNeverTake(ResponseDefinitionBuilder answer) {
        always(answer);

        assertThat(step()).contains(Duration.ZERO);

        assertThat(state().status()).isEqualTo(PatchStatus.REJECTED);
        assertThat(step()).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                argumentSet("409", RunnerAnswers.problem(ProblemType.ID_CONFLICT)),
                argumentSet("422", RunnerAnswers.problem(ProblemType.INVALID_PATCH)));
    }

    @Test
    void honoursRetryAfterBetweenThePlannedPauseAndTwiceThat() {
        runner.answerDeliveries(id, busy("0"), busy("3"), busy("99"), busy("soon"));
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pauses.add(stepAndWait().toSeconds());
        }

        assertThat(pauses).containsExactly(1L, 3L, 10L, 10L);
        assertThat(breakers.currentState(GuardedRunner.BREAKER)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void climbsTheLadderAndStaysOnItsLastStep() {
        always(status(500));
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            breakers.reset(GuardedRunner.BREAKER);
            pauses.add(stepAndWait().toSeconds());
        }

        assertThat(pauses).containsExactly(1L, 2L, 5L, 10L, 30L, 60L, 120L, 300L, 300L, 300L);
    }

    @Test
    void consumesNoAttemptWhileTheBreakerIsOpenAndGoesOnWhenItCloses() {
        runner.answerDeliveries(id, Collections.nCopies(10, status(500)).toArray(ResponseDefinitionBuilder[]::new));
        while (breakers.currentState(GuardedRunner.BREAKER) != CircuitBreakerState.OPEN) {
            stepAndWait();
        }
        int before = attempts().size();

        assertThat(step()).contains(Duration.ofSeconds(5));
        assertThat(attempts()).hasSize(before);
        assertThat(store.outbox().head(lane).orElseThrow().failures()).isEqualTo(before);

        breakers.reset(GuardedRunner.BREAKER);
        assertThat(step()).contains(Duration.ZERO);
        assertThat(state().status()).isEqualTo(PatchStatus.QUEUED);
    }

    @Test
    void neverDeniesTheExecutionAfterALostResponseAndAnOutage() {
        runner.answerDeliveries(id, aResponse().withFault(Fault.EMPTY_RESPONSE), status(401), status(401));
        stepAndWait();
        clock.advance(Duration.ofHours(25));
        step();
        clock.advance(Duration.ofHours(25));
        step();

        assertThat(state().status()).isEqualTo(PatchStatus.UNDELIVERABLE);
        assertThat(state().reason()).startsWith("outcome_unknown");
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNone")
    void givesUpAfterADayOfAnswersThatAreNone(ResponseDefinitionBuilder answer) {
        always(answer);
        stepAndWait();
        clock.advance(Duration.ofHours(24));
        breakers.reset(GuardedRunner.BREAKER);

        step();

        assertThat(state().status()).isEqualTo(PatchStatus.UNDELIVERABLE);
        assertThat(state().reason()).startsWith("outcome_unknown");
    }

    static Stream<Arguments> answersThatAreNone() {
        return Stream.of(
                argumentSet("another protocol", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                argumentSet("a cut body", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                argumentSet("409 of somebody else", page(409)),
                argumentSet("429 of somebody else", page(429)));
    }

    @Test
    void saysThatNothingRanIfNoRequestWasEverTaken() {
        always(status(401));
        stepAndWait();
        clock.advance(Duration.ofHours(24));

        step();

        assertThat(state().status()).isEqualTo(PatchStatus.UNDELIVERABLE);
        assertThat(state().reason()).startsWith("not_delivered");
    }

    @Test
    void neverGivesUpBecauseTheQueueIsFull() {
        always(busy("5"));
        stepAndWait();
        clock.advance(Duration.ofDays(3));

        step();

        assertThat(state().status()).isEqualTo(PatchStatus.ACCEPTED);
        assertThat(attempts()).hasSize(2);
    }

    @Test
    void sendsAtOnceWhatAClockThatJumpedBackHadPlannedForMuchLater() {
        runner.answerDeliveries(id, status(500));
        step();
        clock.advance(Duration.ofDays(-7));

        assertThat(step()).contains(Duration.ZERO);

        assertThat(state().status()).isEqualTo(PatchStatus.QUEUED);
    }

    private Duration stepAndWait() {
        Duration pause = step().orElseThrow();
        clock.advance(pause);
        return pause;
    }

    private Optional<Duration> step() {
        return work.step(lane, false);
    }

    private void always(ResponseDefinitionBuilder answer) {
        runner.answerDeliveries(id, Collections.nCopies(ALWAYS, answer).toArray(ResponseDefinitionBuilder[]::new));
    }

    private StoredPatch state() {
        return store.find(new PatchId(id)).orElseThrow();
    }

    private List<DeliveryAttempt> attempts() {
        return store.outbox().attempts(new PatchId(id));
    }

    private static ResponseDefinitionBuilder busy(String retryAfter) {
        return RunnerAnswers.problem(ProblemType.QUEUE_FULL).withHeader("Retry-After", retryAfter);
    }

    private static ResponseDefinitionBuilder page(int status) {
        return status(status).withHeader("Content-Type", "text/html").withBody("<html></html>");
    }

    private static ResponseDefinitionBuilder status(int status) {
        return aResponse().withStatus(status);
    }
}
