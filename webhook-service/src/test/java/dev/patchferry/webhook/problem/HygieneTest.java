package dev.patchferry.webhook.problem;

import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.nullValue;

import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(WithRunner.class)
class HygieneTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/q/health/ready",
                "/q/metrics",
                "/openapi.yaml",
                "/patches",
                "/patches/nope",
                "/patches/nope/events",
                "/nope",
                "/webhook"
            })
    void everyAnswerTellsBrowsersAndCachesToKeepAway(String path) {
        for (Response answer : new Response[] {given().get(path), asOperator().get(path)}) {
            answer.then()
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Cache-Control", "no-store")
                    .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Server", nullValue())
                    .header("X-Powered-By", nullValue());
        }
    }

    @Test
    void noOtherSiteMayAskThroughABrowser() {
        for (String method : new String[] {"GET", "OPTIONS"}) {
            asSubmitter()
                    .header("Origin", "https://evil.example")
                    .header("Access-Control-Request-Method", "POST")
                    .request(method, "/patches")
                    .then()
                    .header("Access-Control-Allow-Origin", nullValue())
                    .header("Access-Control-Allow-Methods", nullValue())
                    .header("Access-Control-Allow-Credentials", nullValue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"twice\",\"id\":\"twice\",\"role\":\"r\",\"target_file\":\"t\",\"patch\":\"p\"}",
                "{\"id\":\"trailing\",\"role\":\"r\",\"target_file\":\"t\",\"patch\":\"p\"} {}",
                "{\"id\":\"nan\",\"validate\":NaN}"
            })
    void S12_refusesJsonThatCouldBeReadInTwoWays(String body) {
        problem(send(body), 400, "malformed-json");
    }

    @Test
    void S12_refusesDeepNestingHugeNumbersAndBytesThatAreNoText() {
        problem(
                send("{\"id\":\"deep\",\"validate\":" + "[".repeat(200) + "]".repeat(200) + "}"),
                400,
                "malformed-json");
        problem(send("{\"id\":\"long\",\"validate\":" + "9".repeat(5_000) + "}"), 400, "malformed-json");
        problem(send("{\"id\":\"huge\",\"validate\":1e99999}"), 422, "invalid-patch");
        byte[] latin = document("latin", "é").getBytes(StandardCharsets.ISO_8859_1);
        problem(
                asSubmitter()
                        .header("Content-Type", "application/json")
                        .body(latin)
                        .post("/webhook")
                        .then(),
                400,
                "malformed-json");
    }
}
