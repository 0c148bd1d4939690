package dev.patchferry.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;

/** Answers as a runner gives them, for stubs. */
public final class RunnerAnswers {
    private RunnerAnswers() {}

    public static ResponseDefinitionBuilder json(int status, Object body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(RunnerDouble.json(body));
    }

    public static ResponseDefinitionBuilder problem(ProblemType type) {
        return aResponse()
                .withStatus(type.status())
                .withHeader("Content-Type", Problem.MEDIA_TYPE)
                .withBody(RunnerDouble.json(Problem.of(type, "The runner says so.")));
    }
}
