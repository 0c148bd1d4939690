package dev.patchferry.webhook.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.Receipt.HiddenFile;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deciding about held and proposed patches, which only the runner can carry out. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class ApprovalTest {
    private static final String HASH = "ab".repeat(32);

    RunnerDouble runner;

    @Test
    void anOperatorApprovesAProposal() throws JsonProcessingException {
        PatchDocument patch = proposed("good");
        runner.answer(post(urlPathEqualTo("/patches/good/approve"))
                .withHeader("Ferry-Principal", equalTo("operator"))
                .withHeader("Ferry-Roles", equalTo("operate,submit,view"))
                .withQueryParam("content_hash", equalTo(patch.hash().hex()))
                .withRequestBody(equalToJson("{\"comment\": \"fine\", \"about\": \"proposed\", \"change_set\": \""
                        + HASH + "\", \"including_hidden\": true}"))
                .willReturn(okJson(Json.MAPPER.writeValueAsString(Samples.runnerPatch(
                        patch.id(),
                        patch.hash(),
                        PatchStatus.QUEUED,
                        PatchStatus.RUNNING,
                        PatchStatus.PROPOSED,
                        PatchStatus.SUCCEEDED)))));

        asOperator()
                .contentType(ContentType.JSON)
                .body("{\"comment\": \" fine \", \"about\": \"proposed\", \"change_set\": \""
                        + HASH.toUpperCase(Locale.ROOT) + "\", \"including_hidden\": true}")
                .post("/patches/good/approve")
                .then()
                .statusCode(200)
                .body("status", is("succeeded"))
                .body("history.status", hasItems("proposed", "succeeded"));
    }

    @Test
    void aHeldPatchThatIsApprovedWaitsForItsTurn() throws JsonProcessingException {
        PatchDocument patch = becoming("held-one", PatchStatus.HELD);
        runner.answer(post(urlPathEqualTo("/patches/held-one/approve"))
                .willReturn(aResponse()
                        .withStatus(202)
                        .withHeader("Content-Type", "application/json")
                        .withBody(Json.MAPPER.writeValueAsString(
                                Samples.runnerPatch(patch.id(), patch.hash(), PatchStatus.HELD, PatchStatus.QUEUED)))));

        asOperator().post("/patches/held-one/approve").then().statusCode(202).body("status", is("queued"));
    }

    @Test
    void itsSenderIsToldWhoMustDoWhat() {
        proposed("asking");
        becoming("waiting", PatchStatus.HELD);

        asSubmitter()
                .get("/patches/asking")
                .then()
                .body("terminal", is(false))
                .body(
                        "next",
                        containsString("has to look at GET /patches/asking/diff and POST /patches/asking/approve"));
        asSubmitter()
                .get("/patches/waiting")
                .then()
                .body("next", containsString("Nothing of it has run. An operator other than its sender has to POST"));
    }

    @Test
    void onlyAnOperatorDecidesAndNobodyAboutAPatchOfTheirOwn() {
        proposed("for-operators");
        asOperator()
                .contentType(ContentType.JSON)
                .body(document("own", "echo hi"))
                .post("/webhook")
                .then()
                .statusCode(202);

        problem(asSubmitter().post("/patches/for-operators/approve").then(), 403, "forbidden");
        problem(asSubmitter().post("/patches/for-operators/deny").then(), 403, "forbidden");
        problem(asOperator().post("/patches/own/approve").then(), 403, "forbidden")
                .body("detail", containsString("a patch of their own"));
        problem(asOperator().post("/patches/unheard-of/approve").then(), 404, "patch-not-found");
    }

    @Test
    void S10_theRunnersReasonAgainstADecisionIsPassedOn() throws JsonProcessingException {
        proposed("late");
        Problem late = Problem.of(ProblemType.WRONG_STATE, "`late` does not wait for a decision.")
                .about(PatchStatus.REJECTED);
        runner.answer(post(urlPathEqualTo("/patches/late/approve"))
                .willReturn(aResponse()
                        .withStatus(409)
                        .withHeader("Content-Type", Problem.MEDIA_TYPE)
                        .withBody(Json.MAPPER.writeValueAsString(late))));

        problem(asOperator().post("/patches/late/approve").then(), 409, "wrong-state")
                .body("patch_status", is("rejected"));
    }

    @Test
    void Y8_whatTheRunnerShowsIsPassedOnToWhoForgotToNameIt() throws JsonProcessingException {
        proposed("unnamed");
        Problem unnamed = Problem.of(ProblemType.CHANGE_SET_REQUIRED, "An approval names what it approves.")
                .about(PatchStatus.PROPOSED)
                .naming(
                        HASH,
                        "/patches/unnamed/diff",
                        List.of(new HiddenFile(
                                "b", "binary", Optional.empty(), Optional.empty(), Optional.of(3L), Optional.empty())));
        runner.answer(post(urlPathEqualTo("/patches/unnamed/approve"))
                .willReturn(aResponse()
                        .withStatus(428)
                        .withHeader("Content-Type", Problem.MEDIA_TYPE)
                        .withBody(Json.MAPPER.writeValueAsString(unnamed))));

        problem(asOperator().post("/patches/unnamed/approve").then(), 428, "change-set-required")
                .body("change_set", is(HASH))
                .body("diff", is("/patches/unnamed/diff"))
                .body("hidden.path", hasItems("b"))
                .body("patch_status", is("proposed"));
    }

    @Test
    void Y8_aHeldPatchIsNamedByItsContentHash() {
        PatchDocument patch = becoming("held-shown", PatchStatus.HELD);

        asOperator()
                .get("/patches/held-shown")
                .then()
                .body("change_set", is(patch.hash().hex()));
    }

    @Test
    void aRunnerThatIsAwayIs503() {
        proposed("nobody-there");
        runner.answer(post(urlPathEqualTo("/patches/nobody-there/deny"))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        problem(asOperator().post("/patches/nobody-there/deny").then(), 503, "runner-unavailable");
    }

    @Test
    void aFieldThatNoDecisionHasIsRefusedByNameAndNothingIsDecided() {
        proposed("misspelt");

        for (String action : List.of("approve", "deny")) {
            problem(
                            asOperator()
                                    .contentType(ContentType.JSON)
                                    .body("{\"coment\": \"no\", \"changeset\": \"x\", \"force\": true}")
                                    .post("/patches/misspelt/" + action)
                                    .then(),
                            422,
                            "invalid-decision")
                    .body("errors.pointer", hasItems("/coment", "/changeset", "/force"))
                    .body("detail", containsString("did you mean `comment`?"))
                    .body("detail", containsString("did you mean `change_set`?"));
        }
        asOperator().get("/patches/misspelt").then().body("status", is("proposed"));
    }

    @Test
    void aNoteThatIsNoneIsRefusedHere() {
        proposed("noted");

        problem(
                asOperator()
                        .contentType(ContentType.JSON)
                        .body("{\"comment\": 5}")
                        .post("/patches/noted/approve")
                        .then(),
                400,
                "bad-request");
    }

    private PatchDocument proposed(String id) {
        return becoming(id, PatchStatus.PROPOSED);
    }

    private PatchDocument becoming(String id, PatchStatus status) {
        String document = document(id, "echo hi");
        send(document).statusCode(202);
        becomes(id, "queued");
        PatchDocument patch = Samples.read(document);
        if (status == PatchStatus.PROPOSED) {
            runner.journal(patch.json().toString(), PatchStatus.RUNNING);
        }
        runner.journal(patch.json().toString(), status);
        becomes(id, status.wireName());
        return patch;
    }
}
