package dev.patchferry.webhook.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Ending a patch, wherever it is by then (HOSTILE X20). */
@QuarkusTest
@WithTestResource(WithRunner.class)
class CancelTest {
    RunnerDouble runner;

    @Test
    void X20_whatNeverLeftIsCancelledHereAndNeverLeaves() {
        try (RunnerDouble.Refusal stuck = runner.refuseDeliveries("cancel-lane")) {
            assertThat(stuck).isNotNull();
            send(document("head", "echo hi", "cancel-lane")).statusCode(202);
            send(document("behind", "echo hi", "cancel-lane")).statusCode(202);

            asSubmitter()
                    .post("/patches/behind/cancel")
                    .then()
                    .statusCode(200)
                    .body("status", is("cancelled"))
                    .body("reason", is("cancelled: submit asked for it"))
                    .body("history.status", contains("accepted", "cancelled"))
                    .body("receipt.outcome", is("cancelled"));
            asSubmitter().post("/patches/behind/cancel").then().statusCode(200);
        }
        becomes("head", "queued");
        assertThat(runner.deliveries("behind")).isEmpty();
    }

    @Test
    void X20_whatMayHaveLeftIsCancelledByTheRunner() throws JsonProcessingException {
        PatchDocument taken = taken("cancel-taken");
        runner.answer(post(urlPathEqualTo("/patches/cancel-taken/cancel"))
                .withQueryParam("content_hash", equalTo(taken.hash().hex()))
                .withQueryParam("workspace", equalTo("default"))
                .withHeader("Ferry-Principal", equalTo("submit"))
                .willReturn(okJson(Json.MAPPER.writeValueAsString(
                        Samples.runnerPatch(taken.id(), taken.hash(), PatchStatus.QUEUED, PatchStatus.CANCELLED)))));

        asSubmitter()
                .post("/patches/cancel-taken/cancel")
                .then()
                .statusCode(200)
                .body("status", is("cancelled"))
                .body("receipt.outcome", is("cancelled"));
    }

    @Test
    void X20_aPatchThatIsBeingEndedIsAnswered202() throws JsonProcessingException {
        PatchDocument runs = taken("runs");
        runner.answer(post(urlPathEqualTo("/patches/runs/cancel"))
                .willReturn(aResponse()
                        .withStatus(202)
                        .withHeader("Content-Type", "application/json")
                        .withBody(Json.MAPPER.writeValueAsString(Samples.runnerPatch(
                                runs.id(), runs.hash(), PatchStatus.QUEUED, PatchStatus.RUNNING)))));

        asSubmitter().post("/patches/runs/cancel").then().statusCode(202).body("status", is("running"));
    }

    @Test
    void X20_whatHasEndedStaysAsItEnded() {
        PatchDocument ended = taken("over");
        runner.journal(ended.json().toString(), PatchStatus.RUNNING);
        runner.journal(ended.json().toString(), PatchStatus.SUCCEEDED);
        becomes("over", "succeeded");

        problem(asSubmitter().post("/patches/over/cancel").then(), 409, "wrong-state")
                .body("patch_status", is("succeeded"));
    }

    @Test
    void saysSoWhenTheRunnerCannotBeAsked() {
        taken("away");
        runner.answer(post(urlPathEqualTo("/patches/away/cancel"))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        problem(asSubmitter().post("/patches/away/cancel").then(), 503, "runner-unavailable");
        asSubmitter().get("/patches/away").then().body("status", is("queued"));
    }

    @Test
    void somebodyElsesPatchIsNotThere() {
        asOperator()
                .contentType("application/json")
                .body(document("not-yours", "echo hi"))
                .post("/webhook");

        problem(asSubmitter().post("/patches/not-yours/cancel").then(), 404, "patch-not-found");
    }

    private static PatchDocument taken(String id) {
        String document = document(id, "echo hi");
        send(document).statusCode(202);
        becomes(id, "queued");
        return Samples.read(document);
    }
}
