package dev.patchferry.webhook.outcome;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A runner that may have run a patch and has forgotten everything does not get it again. */
@QuarkusTest
@WithTestResource(value = WithRunner.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class LostJournalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    RunnerDouble runner;

    @Test
    void whatMayHaveRunIsNotTakenByAnotherJournalEvenBeforeTheLossIsNoticed() {
        send(document("first", "echo hi"));
        becomes("first", "queued");
        try (RunnerDouble.Refusal unanswered = runner.answerForNow(post(urlPathEqualTo("/patch"))
                .withRequestBody(matchingJsonPath("$[?(@.id == 'perhaps')]"))
                .willReturn(aResponse().withStatus(500)))) {
            assertThat(unanswered).isNotNull();
            send(document("perhaps", "echo hi"));
            await().atMost(PATIENCE).until(() -> !runner.deliveries("perhaps").isEmpty());
        }

        try (RunnerDouble.Refusal unseen = runner.answerForNow(
                get(urlPathEqualTo("/events")).willReturn(aResponse().withStatus(503)))) {
            assertThat(unseen).isNotNull();
            runner.forgetEverything();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> asSubmitter()
                            .get("/patches/perhaps")
                            .then()
                            .body("delivery.attempts.http_status", hasItem(410)));
        }

        becomes("perhaps", "interrupted")
                .body("reason", startsWith("runner_state_lost"))
                .body("receipt.summary", startsWith("Interrupted; whether it took effect is not known."));
        assertThat(runner.server().getAllServeEvents())
                .filteredOn(LostJournalTest::bringsPerhaps)
                .noneMatch(event -> event.getResponse().getStatus() == 202);
    }

    private static boolean bringsPerhaps(ServeEvent event) {
        return event.getRequest().getUrl().equals("/patch")
                && event.getRequest().getBodyAsString().contains("perhaps");
    }
}
