package dev.patchferry.webhook.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.get;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.webhook.RunnerAnswers;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(WithRunner.class)
class DeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    RunnerDouble runner;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    void closeTheBreaker() {
        breakers.reset(GuardedRunner.BREAKER);
    }

    @Test
    void triesTwiceMoreWithinOneAttemptWhenTheRunnerIsShortlyAway() {
        runner.answerDeliveries("quick", status(503), status(502));
        send(document("quick", "echo hi", "quick"));

        becomes("quick", "queued").body("delivery.attempts.outcome", contains("delivered"));
        assertThat(runner.deliveries("quick")).hasSize(3);
    }

    @Test
    void retriesABrokenConnection() {
        runner.answerDeliveries("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        send(document("reset", "echo hi", "reset"));

        becomes("reset", "queued").body("delivery.attempts.outcome", contains("delivered"));
    }

    @Test
    void writesDownAnAttemptThatFailedAndPlansTheNext() {
        runner.answerDeliveries("later", status(500));
        send(document("later", "echo hi", "later"));

        becomes("later", "queued")
                .body("delivery.attempts.outcome", contains("failed: the runner answered 500", "delivered"))
                .body("delivery.attempts.http_status", contains(500, 202));
        assertThat(runner.deliveries("later")).hasSize(2);
    }

    @Test
    void rejectsWhatTheRunnerWillNeverTakeInTheRunnersWords() throws JsonProcessingException {
        Problem problem = Problem.of(ProblemType.INVALID_PATCH, "There is no workspace `nowhere`.")
                .withErrors(List.of(new FieldFault("/workspace", "is unknown")));
        runner.answerDeliveries("refused", status(422).withBody(Json.MAPPER.writeValueAsString(problem)));
        send(document("refused", "echo hi", "refused"));

        becomes("refused", "rejected")
                .body("reason", is("There is no workspace `nowhere`. /workspace: is unknown."))
                .body("delivery.attempts.outcome", contains("refused"))
                .body("receipt.outcome", is("rejected"))
                .body("receipt.summary", containsString("nothing of it ran"));
        assertThat(runner.deliveries("refused")).hasSize(1);
    }

    @Test
    void rejectsAnIdThatTheRunnerKnowsWithOtherContent() {
        runner.answerDeliveries("conflict", RunnerAnswers.problem(ProblemType.ID_CONFLICT));
        send(document("conflict", "echo hi", "conflict"));

        becomes("conflict", "rejected").body("reason", is("The runner says so."));
    }

    @Test
    void waitsWhenTheQueueIsFullWithoutTheBreakerMinding() {
        runner.answerDeliveries(
                "busy",
                IntStream.range(0, 12)
                        .mapToObj(_ -> RunnerAnswers.problem(ProblemType.QUEUE_FULL))
                        .toArray(ResponseDefinitionBuilder[]::new));
        send(document("busy", "echo hi", "busy"));

        becomes("busy", "queued")
                .body("delivery.attempts.outcome", hasItem("busy"))
                .body("delivery.attempts.size()", is(13));
        assertThat(breakers.currentState(GuardedRunner.BREAKER)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void believesOnlyARunnerThatNamesThisPatchAndContent() {
        runner.answerDeliveries(
                "strange",
                status(200),
                status(202).withBody("{\"id\":\"strange\"}"),
                status(200).withBody("<html>"));
        send(document("strange", "echo hi", "strange"));

        becomes("strange", "queued").body("delivery.attempts.size()", is(4));
    }

    @Test
    void keepsTheOrderOfALaneThroughFailures() {
        runner.answerDeliveries("first", status(500), status(500));
        send(document("first", "echo hi", "ordered"));
        send(document("second", "echo hi", "ordered"));

        becomes("second", "queued");

        assertThat(runner.deliveries("first").getLast().getLoggedDate())
                .isBeforeOrEqualTo(runner.deliveries("second").getFirst().getLoggedDate());
    }

    @Test
    void holdsUpNoOtherLane() {
        try (RunnerDouble.Refusal stuck = runner.refuseDeliveries("stuck-lane")) {
            assertThat(stuck).isNotNull();
            send(document("stuck", "echo hi", "stuck-lane"));
            send(document("free", "echo hi", "free-lane"));

            becomes("free", "queued");
            get("/patches/stuck").body("status", is("accepted")).body("delivery.next_attempt_at", notNullValue());
        }
        becomes("stuck", "queued");
    }

    @Test
    void opensTheBreakerAfterManyFailuresAndConsumesNoAttemptWhileItIsOpen() {
        runner.answerDeliveries(
                "breaks", IntStream.range(0, 10).mapToObj(_ -> status(500)).toArray(ResponseDefinitionBuilder[]::new));
        send(document("breaks", "echo hi", "breaks"));

        await().atMost(PATIENCE).until(() -> breakers.currentState(GuardedRunner.BREAKER) == CircuitBreakerState.OPEN);
        int requests = runner.deliveries("breaks").size();
        send(document("waits-for-it", "echo hi", "waits-for-it"));
        get("/patches/waits-for-it").body("delivery.attempts.size()", is(0)).body("status", is("accepted"));
        assertThat(runner.deliveries("breaks")).hasSize(requests);

        breakers.reset(GuardedRunner.BREAKER);
        becomes("waits-for-it", "queued").body("delivery.attempts.outcome", contains("delivered"));
        becomes("breaks", "queued");
    }

    @Test
    void keepsTryingWhenTheRunnerDoesNotKnowItsToken() {
        runner.answerDeliveries("unknown-token", status(401));
        send(document("unknown-token", "echo hi", "unknown-token"));

        becomes("unknown-token", "queued")
                .body("delivery.attempts[0].outcome", startsWith("failed: the runner does not accept this webhook's"));
    }

    @Test
    void vouchesForAnOperatorWithAllItsRoles() {
        asOperator()
                .contentType("application/json")
                .body(document("by-operator", "echo hi", "by-operator"))
                .post("/webhook")
                .then()
                .statusCode(202);

        await().atMost(PATIENCE).until(() -> !runner.deliveries("by-operator").isEmpty());
        assertThat(runner.deliveries("by-operator").getFirst().getHeader("Ferry-Roles"))
                .isEqualTo("operate,submit,view");
    }

    private static ResponseDefinitionBuilder status(int status) {
        return aResponse().withStatus(status);
    }
}
