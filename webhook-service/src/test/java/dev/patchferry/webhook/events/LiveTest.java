package dev.patchferry.webhook.events;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** A patch followed through the webhook. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class LiveTest {
    private static final String END = "event: end\nid: 3-1-3\ndata: {}\n\n";

    RunnerDouble runner;

    @Test
    void theRunnersStreamIsPassedOnAfterWhatTheWebhookKnows() {
        taken("live");
        runner.answer(get(urlPathEqualTo("/patches/live/events"))
                .withHeader("Last-Event-ID", equalTo("0-1-0"))
                .willReturn(events("event: output\nid: 2-1-3\ndata: {\"text\":\"hi\\n\"}\n\n" + END)));

        asSubmitter()
                .get("/patches/live/events")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/event-stream"))
                .body(startsWith("event: status\nid: 0-1-0\ndata: {\"status\":\"accepted\""))
                .body(containsString("data: {\"text\":\"hi\\n\"}"))
                .body(containsString("event: end"));
    }

    @Test
    void noProxyIsToKeepItBackAndItSaysOnceThatNobodyIsToStoreIt() {
        taken("unbuffered");
        runner.answer(get(urlPathEqualTo("/patches/unbuffered/events")).willReturn(events(END)));

        var headers = asSubmitter().get("/patches/unbuffered/events").headers();

        assertThat(headers.getValues("Cache-Control")).containsExactly("no-store");
        assertThat(headers.getValue("X-Accel-Buffering")).isEqualTo("no");
    }

    @Test
    void X29_whoComesBackGoesOnWhereItStopped() {
        taken("back");
        runner.answer(get(urlPathEqualTo("/patches/back/events"))
                .withHeader("Last-Event-ID", equalTo("2-1-3"))
                .willReturn(events(END)));

        String rest = asSubmitter()
                .header("Last-Event-ID", "2-1-3")
                .get("/patches/back/events")
                .asString();

        assertThat(rest).isEqualTo(END);
    }

    @Test
    void whatEndedWithoutTheRunnerEndsHere() {
        try (RunnerDouble.Refusal stuck = runner.refuseDeliveries("live-lane")) {
            assertThat(stuck).isNotNull();
            send(document("live-head", "echo hi", "live-lane")).statusCode(202);
            send(document("live-behind", "echo hi", "live-lane")).statusCode(202);
            asSubmitter().post("/patches/live-behind/cancel").then().statusCode(200);

            asSubmitter()
                    .get("/patches/live-behind/events")
                    .then()
                    .statusCode(200)
                    .body(containsString("\"status\":\"cancelled\""))
                    .body(containsString("event: end\ndata: {\"status\":\"cancelled\"}\n"));
        }
        becomes("live-head", "queued");
    }

    @Test
    void somebodyElsesPatchIsNotThere() {
        asOperator()
                .contentType("application/json")
                .body(document("not-yours-to-follow", "echo hi"))
                .post("/webhook");

        problem(asSubmitter().get("/patches/not-yours-to-follow/events").then(), 404, "patch-not-found");
    }

    private static ResponseDefinitionBuilder events(String body) {
        return aResponse().withHeader("Content-Type", "text/event-stream").withBody(body);
    }

    private static void taken(String id) {
        send(document(id, "echo hi")).statusCode(202);
        becomes(id, "queued");
    }
}
