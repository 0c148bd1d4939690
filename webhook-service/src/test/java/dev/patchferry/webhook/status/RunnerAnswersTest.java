package dev.patchferry.webhook.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.webhook.RunnerAnswers;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What only the runner can answer, passed on. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class RunnerAnswersTest {
    private static final String WORKSPACES =
            "[{\"name\":\"default\",\"path\":\"/srv/site\",\"usable\":false,\"reason\":\"/srv/site is gone\","
                    + "\"running\":\"of-somebody-else\",\"waiting\":3,\"sandbox\":\"full\",\"network\":\"none\","
                    + "\"read\":[\"/home/me/.sdkman\"],\"env\":[\"NODE_ENV\"],\"later\":1}]";

    RunnerDouble runner;

    @Test
    void passesTheLogOn() {
        taken("logged");
        runner.answer(get(urlEqualTo("/patches/logged/log"))
                .withHeader("Authorization", equalTo("Bearer " + WithRunner.RUNNER))
                .willReturn(okForContentType("text/plain", "hällo\n")));

        String log = asSubmitter()
                .get("/patches/logged/log")
                .then()
                .statusCode(200)
                .contentType("text/plain;charset=UTF-8")
                .extract()
                .asString();

        assertThat(log).isEqualTo("hällo\n");
    }

    @Test
    void passesOffsetAndRangeOn() {
        taken("ranged");
        runner.answer(get(urlEqualTo("/patches/ranged/log?offset=4"))
                .willReturn(aResponse().withBody("later")));
        runner.answer(get(urlEqualTo("/patches/ranged/log"))
                .withHeader("Range", equalTo("bytes=0-1"))
                .willReturn(aResponse()
                        .withStatus(206)
                        .withHeader("Content-Range", "bytes 0-1/9")
                        .withBody("he")));

        asSubmitter().get("/patches/ranged/log?offset=4").then().statusCode(200).body(is("later"));
        asSubmitter()
                .header("Range", "bytes=0-1")
                .get("/patches/ranged/log")
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 0-1/9")
                .body(is("he"));
    }

    @Test
    void passesAPartOrTheEndOfTheLogOnToWhoeverAcceptsWhatever() {
        taken("parts");
        runner.answer(get(urlEqualTo("/patches/parts/log?offset=4&limit=2"))
                .willReturn(aResponse().withBody("la")));
        runner.answer(get(urlEqualTo("/patches/parts/log?tail=3"))
                .willReturn(aResponse().withBody("ter")));

        asSubmitter()
                .accept("application/json")
                .get("/patches/parts/log?offset=4&limit=2")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .body(is("la"));
        asSubmitter().get("/patches/parts/log?tail=3").then().statusCode(200).body(is("ter"));
        problem(asSubmitter().get("/patches/parts/log?tail=3&limit=2").then(), 400, "bad-request");
        problem(asSubmitter().get("/patches/parts/log?tail=-3").then(), 400, "bad-request");
    }

    @Test
    void refusesAnOffsetThatIsNone() {
        taken("offset");

        problem(asSubmitter().get("/patches/offset/log?offset=-1").then(), 400, "bad-request");
    }

    @Test
    void saysThatThereIsNothingBeyondTheEnd() {
        taken("beyond");
        runner.answer(get(urlPathEqualTo("/patches/beyond/log"))
                .willReturn(RunnerAnswers.problem(ProblemType.RANGE_NOT_SATISFIABLE)));

        problem(asSubmitter().get("/patches/beyond/log?offset=99").then(), 416, "range-not-satisfiable");
    }

    @Test
    void passesTheDiffOn() {
        taken("diffed");
        runner.answer(
                get(urlEqualTo("/patches/diffed/diff")).willReturn(okForContentType("text/plain", "--- a\n+++ b\n")));

        asSubmitter().get("/patches/diffed/diff").then().statusCode(200).body(is("--- a\n+++ b\n"));
    }

    @Test
    void Y8_passesTheViewForPagesOnAndRefusesAnyOther() {
        taken("viewed");
        runner.answer(get(urlEqualTo("/patches/viewed/diff?view=review"))
                .willReturn(okForContentType("text/plain", "+\\x1b\n")));

        asSubmitter()
                .get("/patches/viewed/diff?view=review")
                .then()
                .statusCode(200)
                .body(is("+\\x1b\n"));
        problem(asSubmitter().get("/patches/viewed/diff?view=html").then(), 400, "bad-request");
    }

    @Test
    void answersAnEmptyLogBeforeTheRunnerHasThePatch() {
        try (RunnerDouble.Refusal early = runner.refuseDeliveries("early")) {
            assertThat(early).isNotNull();
            send(document("early", "echo hi", "early"));

            asSubmitter().get("/patches/early/log").then().statusCode(200).body(is(""));
            asSubmitter().get("/patches/early/diff").then().statusCode(200).body(is(""));
        }
    }

    @Test
    void saysThatTheRunnerCannotBeReached() {
        taken("broken");
        runner.answer(get(urlEqualTo("/patches/broken/log"))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        runner.answer(
                get(urlEqualTo("/patches/broken/diff")).willReturn(aResponse().withStatus(500)));

        problem(asSubmitter().get("/patches/broken/log").then(), 503, "runner-unavailable");
        problem(asSubmitter().get("/patches/broken/diff").then(), 503, "runner-unavailable");
        asSubmitter().get("/patches/broken").then().statusCode(200);
    }

    @Test
    void operatorsSeeTheWorkspacesAsTheRunnerTellsOfThem() {
        runner.answer(get(urlEqualTo("/workspaces")).willReturn(okJson(WORKSPACES)));

        String seen =
                asOperator().get("/workspaces").then().statusCode(200).extract().asString();

        assertThat(seen).isEqualTo(WORKSPACES);
    }

    @Test
    void Y21_aSubmitterSeesNeitherHostPathsNorWhatOthersDo() {
        runner.answer(get(urlEqualTo("/workspaces")).willReturn(okJson(WORKSPACES)));

        String seen = asSubmitter()
                .get("/workspaces")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(seen)
                .isEqualTo("[{\"name\":\"default\",\"usable\":false,\"sandbox\":\"full\",\"network\":\"none\","
                        + "\"env\":[\"NODE_ENV\"]}]");
    }

    @Test
    void executesAnInterruptedPatchForAnOperator() throws Exception {
        String document = taken("again");
        runner.journal(document, PatchStatus.INTERRUPTED);
        becomes("again", "interrupted");
        PatchDocument read = Samples.read(document);
        runner.answer(post(urlEqualTo("/execute"))
                .withRequestBody(equalToJson("{\"patchId\":\"again\"}"))
                .withHeader("Ferry-Principal", equalTo("operator"))
                .willReturn(okJson(Json.MAPPER.writeValueAsString(new RunnerPatch(
                                read.id(),
                                read.hash(),
                                read.workspace(),
                                PatchStatus.QUEUED,
                                false,
                                "as an operator asked",
                                2,
                                false,
                                Samples.NOON,
                                List.of(),
                                Optional.empty())))
                        .withStatus(202)));

        asOperator()
                .post("/patches/again/execute")
                .then()
                .statusCode(202)
                .body("status", is("queued"))
                .body("attempt", is(2));
    }

    @Test
    void passesTheRunnersRefusalToExecuteOn() throws Exception {
        runner.journal(taken("running"), PatchStatus.RUNNING);
        Problem problem = Problem.of(ProblemType.WRONG_STATE, "It is running.").about(PatchStatus.RUNNING);
        runner.answer(post(urlEqualTo("/execute"))
                .withRequestBody(equalToJson("{\"patchId\":\"running\"}"))
                .willReturn(aResponse()
                        .withStatus(409)
                        .withHeader("Content-Type", Problem.MEDIA_TYPE)
                        .withBody(Json.MAPPER.writeValueAsString(problem))));

        problem(asOperator().post("/patches/running/execute").then(), 409, "wrong-state")
                .body("detail", containsString("It is running."))
                .body("patch_status", is("running"));
    }

    private static String taken(String id) {
        String document = document(id, "echo hi");
        send(document).statusCode(202);
        becomes(id, "queued");
        return document;
    }
}
