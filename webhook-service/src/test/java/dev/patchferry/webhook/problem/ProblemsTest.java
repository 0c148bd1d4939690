package dev.patchferry.webhook.problem;

import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(WithRunner.class)
class ProblemsTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/nope", "/q/nope", "/q", "/webhook/x", "/patches/a/b/c", "/health/x", "/index.html"})
    void knowsNoOtherPaths(String path) {
        problem(
                        given().urlEncodingEnabled(false)
                                .header("Accept", "*/*")
                                .get(path)
                                .then(),
                        404,
                        "not-found")
                .body(not(containsString("html")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/webhook|OPTIONS, POST",
                "PUT|/webhook|OPTIONS, POST",
                "DELETE|/patches|GET, HEAD, OPTIONS",
                "DELETE|/patches/x|GET, HEAD, OPTIONS",
                "POST|/patches/x/log|GET, HEAD, OPTIONS",
                "GET|/patches/x/execute|OPTIONS, POST",
                "POST|/health|GET, HEAD, OPTIONS"
            })
    void saysWhichMethodsAPathAllows(String method, String path, String allow) {
        problem(asOperator().request(method, path).then(), 405, "method-not-allowed")
                .header("Allow", allow);
    }

    @Test
    void speaksJsonOnly() {
        problem(asSubmitter().accept("text/html").get("/patches").then(), 406, "not-acceptable");
    }
}
