package dev.patchferry.webhook.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.patchferry.contract.ProblemType;
import dev.patchferry.webhook.RunnerAnswers;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service whose patience is over at once. */
@QuarkusTest
@TestProfile(UndeliverableTest.NoPatience.class)
@WithTestResource(WithRunner.class)
class UndeliverableTest {
    RunnerDouble runner;

    public static class NoPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ferry.delivery.give-up-after", "0s");
        }
    }

    @Test
    void saysThatNothingRanWhenTheRunnerNeverTookIt() {
        runner.answerDeliveries("not-taken", aResponse().withStatus(401));
        send(document("not-taken", "echo hi", "not-taken"));

        becomes("not-taken", "undeliverable").body("terminal", is(true)).body("reason", startsWith("not_delivered"));
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheRunnerMayHaveTakenIt() {
        runner.answerDeliveries("perhaps-taken", aResponse().withStatus(500));
        send(document("perhaps-taken", "echo hi", "perhaps-taken"));

        becomes("perhaps-taken", "undeliverable").body("reason", startsWith("outcome_unknown"));
    }

    @Test
    void neverGivesUpBecauseTheQueueIsFull() {
        runner.answerDeliveries(
                "patient",
                RunnerAnswers.problem(ProblemType.QUEUE_FULL),
                RunnerAnswers.problem(ProblemType.QUEUE_FULL));
        send(document("patient", "echo hi", "patient"));

        becomes("patient", "queued").body("delivery.attempts.outcome", contains("busy", "busy", "delivered"));
    }

    @Test
    void deliversAgainWhenAnOperatorAsks() {
        runner.answerDeliveries("again", aResponse().withStatus(401));
        send(document("again", "echo hi", "again"));
        becomes("again", "undeliverable");

        asOperator().post("/patches/again/redeliver").then().statusCode(202);

        becomes("again", "queued").body("history.status", contains("accepted", "undeliverable", "accepted", "queued"));
    }
}
