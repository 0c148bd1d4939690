package dev.patchferry.webhook.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.get;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whoever asks about a patch reads that the runner gives no answer, since when, and what to do. */
@QuarkusTest
@WithTestResource(value = WithRunner.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class RunnerAwayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    RunnerDouble runner;

    @Test
    void aRunnerThatIsAwayShowsInReasonNextAndAField() {
        send(document("taken-before", "echo hi"));
        becomes("taken-before", "queued").body("runner_away_since", nullValue());
        try (RunnerDouble.Refusal away = runner.answerForNow(
                any(anyUrl()).atPriority(1).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)))) {
            assertThat(away).isNotNull();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> get("/patches/taken-before")
                            .body("status", is("queued"))
                            .body("reason", containsString("; the runner gives no answer since 20"))
                            .body("next", containsString("tell the person")));

            String since = asSubmitter()
                    .contentType("application/json")
                    .body(document("sent-meanwhile", "echo hi"))
                    .post("/webhook?wait=1")
                    .then()
                    .statusCode(202)
                    .body("status", is("accepted"))
                    .body(
                            "reason",
                            startsWith("stored; waits to be forwarded to the runner, which gives no answer since"))
                    .body("next", startsWith("Stored safely"))
                    .body("next", containsString("tell the person"))
                    .body("next", containsString("in a few minutes"))
                    .extract()
                    .path("runner_away_since");

            assertThat(Instant.parse(since)).isBetween(Instant.now().minusSeconds(60), Instant.now());
            get("/patches/sent-meanwhile")
                    .body("runner_away_since", is(since))
                    .body("next", containsString("tell the"));
        }
        becomes("sent-meanwhile", "queued").body("runner_away_since", nullValue());
    }
}
