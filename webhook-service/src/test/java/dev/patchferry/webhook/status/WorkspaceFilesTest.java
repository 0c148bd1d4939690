package dev.patchferry.webhook.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.problem;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(WithRunner.class)
class WorkspaceFilesTest {
    RunnerDouble runner;

    @Test
    void passesTheQuestionAndTheAnswerOn() {
        String listing = "{\"workspace\":\"default\",\"path\":\"\",\"entries\":[],\"complete\":true}";
        runner.answer(get(urlEqualTo("/workspaces/default/files?depth=2&glob=*.%7Bjava%2Cmd%7D&path=a+b"))
                .willReturn(okJson(listing)));

        asSubmitter()
                .queryParam("path", "a b")
                .queryParam("glob", "*.{java,md}")
                .queryParam("depth", "2")
                .get("/workspaces/default/files")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body(is(listing));
    }

    @Test
    void refusesAParameterThatIsNotKnownOrGivenTwice() {
        problem(asSubmitter().get("/workspaces/default/files?gob=x").then(), 400, "bad-request")
                .body("detail", is("`gob` is no parameter here. There are: after, depth, glob, ignored, limit, path."));
        problem(asSubmitter().get("/workspaces/default/file?path=a&path=b").then(), 400, "bad-request")
                .body("detail", containsString("`path` is given twice"));
        problem(asSubmitter().get("/workspaces/-/search?text=a").then(), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BAD_REQUEST", "NOT_FOUND", "NOT_TEXT", "OVERLOADED"})
    void tellsWhyTheRunnerRefuses(String type) throws Exception {
        ProblemType problemType = ProblemType.valueOf(type);
        runner.answer(get(urlPathEqualTo("/workspaces/default/file"))
                .willReturn(refusal(Problem.of(problemType, "because of this"))));

        asOperator()
                .get("/workspaces/default/file?path=x")
                .then()
                .statusCode(problemType.status())
                .contentType("application/problem+json")
                .body("type", is(problemType.uri()))
                .body("detail", is("because of this"));
    }

    @Test
    void whatIsNoAnswerOfARunnerIsNone() throws Exception {
        runner.answer(get(urlPathEqualTo("/workspaces/default/search")).willReturn(okJson("[]")));
        problem(asSubmitter().get("/workspaces/default/search?text=x").then(), 503, "runner-unavailable");

        runner.answer(get(urlPathEqualTo("/workspaces/default/search"))
                .willReturn(refusal(Problem.of(ProblemType.UNAUTHENTICATED, "who are you"))));
        problem(asSubmitter().get("/workspaces/default/search?text=x").then(), 503, "runner-unavailable");
    }

    private static ResponseDefinitionBuilder refusal(Problem problem) throws Exception {
        return aResponse()
                .withStatus(problem.status())
                .withHeader("Content-Type", Problem.MEDIA_TYPE)
                .withBody(Json.MAPPER.writeValueAsString(problem));
    }
}
