package dev.patchferry.webhook.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.becomes;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.RunnerAnswers.json;
import static dev.patchferry.webhook.Samples.document;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes back in place of the runner's answer, the caller reads a problem that says what to do. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class RunnerFaultsTest {
    private static final List<String> ACTIONS =
            List.of("undo", "undo?redo=true", "execute", "cancel", "approve", "deny");
    private static final List<String> READS = List.of("log", "diff");

    RunnerDouble runner;

    static Stream<Arguments> answersThatAreNone() {
        return Stream.of(
                argumentSet("nothing", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                argumentSet("another protocol", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                argumentSet("a cut body", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                argumentSet("a reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                argumentSet("a page", html(200)),
                argumentSet("a page that refuses", html(409)),
                argumentSet("a page that knows nothing", html(404)),
                argumentSet("a page that is busy", html(429)),
                argumentSet("a redirect", html(302).withHeader("Location", "http://127.0.0.1:9/")),
                argumentSet(
                        "a problem that is none",
                        aResponse()
                                .withStatus(409)
                                .withHeader("Content-Type", "application/problem+json")
                                .withBody("{\"type\":\"about:blank\",\"status\":9999,\"detail\":\"no\"}")),
                argumentSet("an empty success", aResponse().withStatus(204)),
                argumentSet("JSON of something else", json(200, Map.of("id", "x"))));
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNone")
    void isAnswered503WithWhatToDo(ResponseDefinitionBuilder answer) {
        String document = document("faulty", "echo hi");
        send(document);
        if (runner.eventsOf("faulty").isEmpty()) {
            becomes("faulty", "queued");
            runner.journal(document, PatchStatus.RUNNING);
            becomes("faulty", "running");
        }
        try (RunnerDouble.Refusal _ = runner.answerForNow(
                any(urlPathMatching("/(patches/faulty.*|execute|workspaces)")).willReturn(answer))) {
            for (String action : ACTIONS) {
                problem(asOperator().post("/patches/faulty/" + action).then(), 503, "runner-unavailable")
                        .body("detail", containsString("again"));
            }
            for (String read : READS) {
                problem(asOperator().get("/patches/faulty/" + read).then(), 503, "runner-unavailable")
                        .body("detail", containsString("again"));
            }
            problem(asOperator().get("/workspaces").then(), 503, "runner-unavailable")
                    .body("detail", containsString("again"));
        }
        asOperator().get("/patches/faulty").then().statusCode(200);
    }

    private static ResponseDefinitionBuilder html(int status) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html")
                .withBody("<html><body>Welcome to another server.</body></html>");
    }
}
