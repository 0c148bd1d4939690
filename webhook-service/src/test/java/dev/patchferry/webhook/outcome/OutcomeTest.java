package dev.patchferry.webhook.outcome;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = WithRunner.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class OutcomeTest {
    RunnerDouble runner;

    @Test
    void learnsOfEveryStateInOrderAndFindsOutWhatANewJournalLost() throws JsonProcessingException {
        String ended = sendAndAwait("ended");
        runner.journal(ended, PatchStatus.RUNNING);
        runner.journal(ended, PatchStatus.FAILED);
        becomes("ended", "failed")
                .body("history.status", contains("accepted", "queued", "running", "failed"))
                .body("receipt.outcome", is("failed"));
        sendAndAwait("lost");
        PatchDocument kept = Samples.read(sendAndAwait("kept"));
        runner.answer(get(urlEqualTo("/patches/kept"))
                .willReturn(okJson(Json.MAPPER.writeValueAsString(Samples.runnerPatch(
                        kept.id(), kept.hash(), PatchStatus.QUEUED, PatchStatus.RUNNING, PatchStatus.SUCCEEDED)))));

        runner.forgetEverything();

        becomes("lost", "interrupted").body("reason", startsWith("runner_state_lost"));
        becomes("kept", "succeeded").body("receipt.outcome", is("succeeded"));
        becomes("ended", "failed");
        assertThat(runner.deliveries("lost")).hasSize(1);

        String fresh = sendAndAwait("fresh");
        runner.journal(fresh, PatchStatus.CANCELLED);
        becomes("fresh", "cancelled");
    }

    private static String sendAndAwait(String id) {
        String document = document(id, "echo hi");
        send(document).statusCode(202);
        becomes(id, "queued");
        return document;
    }
}
