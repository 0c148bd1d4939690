package dev.patchferry.webhook.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Taking a patch back, which only the runner can do. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class UndoTest {
    RunnerDouble runner;

    @Test
    void itsSenderTakesAPatchBack() throws JsonProcessingException {
        PatchDocument patch = succeeded("wrong");
        runner.answer(post(urlPathEqualTo("/patches/wrong/undo"))
                .withQueryParam("redo", equalTo("false"))
                .withHeader("Ferry-Principal", equalTo("submit"))
                .willReturn(okJson(undone(patch))));

        asSubmitter()
                .post("/patches/wrong/undo")
                .then()
                .statusCode(200)
                .body("status", is("undone"))
                .body("history.status", hasItems("succeeded", "undone"))
                .body("receipt.outcome", is("undone"));
    }

    @Test
    void aBodyThatWouldHaveNoEffectIsRefusedByName() {
        succeeded("with-body");

        for (String action : List.of("undo", "cancel")) {
            problem(
                            asSubmitter()
                                    .contentType(ContentType.JSON)
                                    .body("{\"redo\": true}")
                                    .post("/patches/with-body/" + action)
                                    .then(),
                            422,
                            "invalid-decision")
                    .body("errors.pointer", hasItems("/redo"))
                    .body("detail", containsString("takes no body"));
        }
        asSubmitter().get("/patches/with-body").then().body("status", is("succeeded"));
    }

    @Test
    void whatWaitsForItsTurnIsAnswered202() throws JsonProcessingException {
        PatchDocument patch = succeeded("undo-later");
        runner.answer(post(urlPathEqualTo("/patches/undo-later/undo"))
                .willReturn(json(
                        202,
                        Samples.runnerPatch(
                                patch.id(),
                                patch.hash(),
                                PatchStatus.QUEUED,
                                PatchStatus.RUNNING,
                                PatchStatus.SUCCEEDED))));

        asSubmitter().post("/patches/undo-later/undo").then().statusCode(202).body("status", is("succeeded"));
    }

    @Test
    void P57_theRunnersReasonAgainstItIsPassedOn() throws JsonProcessingException {
        succeeded("touched");
        runner.answer(post(urlPathEqualTo("/patches/touched/undo"))
                .willReturn(
                        json(409, Problem.of(ProblemType.UNDO_REFUSED, "conflict: a.txt is not as this patch left it"))
                                .withHeader("Content-Type", Problem.MEDIA_TYPE)));

        problem(asSubmitter().post("/patches/touched/undo").then(), 409, "undo-refused")
                .body("detail", endsWith("a.txt is not as this patch left it"));
        asSubmitter().get("/patches/touched").then().body("status", is("succeeded"));
    }

    @Test
    void isAskedOfTheRunnerAlthoughThePatchIsInThatStateHere() throws JsonProcessingException {
        succeeded("undo-queued");
        runner.answer(post(urlPathEqualTo("/patches/undo-queued/undo"))
                .withQueryParam("redo", equalTo("true"))
                .willReturn(
                        json(409, Problem.of(ProblemType.WRONG_STATE, "An undo of `undo-queued` waits for its turn."))
                                .withHeader("Content-Type", Problem.MEDIA_TYPE)));

        problem(asSubmitter().post("/patches/undo-queued/undo?redo=true").then(), 409, "wrong-state")
                .body("detail", startsWith("An undo of"));
    }

    @Test
    void namesTheNewestEventThatTheRunnerTellsOf() throws JsonProcessingException {
        PatchDocument patch = succeeded("named");
        runner.answer(post(urlPathEqualTo("/patches/named/undo")).willReturn(okJson(undone(patch))));

        asSubmitter().post("/patches/named/undo").then().statusCode(200);

        String newest = runner.eventsOf("named").getLast().cursor().toString();
        assertThat(runner.server()
                        .findAll(postRequestedFor(urlPathEqualTo("/patches/named/undo"))
                                .withHeader("Ferry-Event", equalTo(newest))))
                .hasSize(1);
    }

    @Test
    void anAnswerFromBeforeTheUndoDoesNotBringTheStateBack() throws JsonProcessingException {
        PatchDocument patch = succeeded("overtaken");
        runner.answer(post(urlPathEqualTo("/patches/overtaken/undo"))
                .willReturn(json(202, Samples.runnerPatch(runner.eventsOf("overtaken")))));
        runner.journal(patch.json().toString(), PatchStatus.UNDONE);
        becomes("overtaken", "undone");

        asSubmitter().post("/patches/overtaken/undo").then().statusCode(202).body("status", is("undone"));
    }

    @Test
    void somebodyElsesPatchIsNotThere() {
        asOperator()
                .contentType("application/json")
                .body(document("not-yours-to-undo", "echo hi"))
                .post("/webhook");

        problem(asSubmitter().post("/patches/not-yours-to-undo/undo").then(), 404, "patch-not-found");
    }

    private PatchDocument succeeded(String id) {
        String document = document(id, "echo hi");
        send(document).statusCode(202);
        becomes(id, "queued");
        PatchDocument patch = Samples.read(document);
        runner.journal(patch.json().toString(), PatchStatus.RUNNING);
        runner.journal(patch.json().toString(), PatchStatus.SUCCEEDED);
        becomes(id, "succeeded");
        return patch;
    }

    private static String undone(PatchDocument patch) throws JsonProcessingException {
        return Json.MAPPER.writeValueAsString(Samples.runnerPatch(
                patch.id(),
                patch.hash(),
                PatchStatus.QUEUED,
                PatchStatus.RUNNING,
                PatchStatus.SUCCEEDED,
                PatchStatus.UNDONE));
    }

    private static ResponseDefinitionBuilder json(int status, Object body) throws JsonProcessingException {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(Json.MAPPER.writeValueAsString(body));
    }
}
