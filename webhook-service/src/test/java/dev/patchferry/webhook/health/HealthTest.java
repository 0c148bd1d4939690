package dev.patchferry.webhook.health;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.asSubmitter;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.patchferry.webhook.FerryHome;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = WithRunner.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealthTest {
    RunnerDouble runner;

    @FerryHome
    Path home;

    @Test
    @Order(1)
    void isOkWhenStoreAndRunnerAre() {
        try (RunnerDouble.Refusal _ = runner.stream(Duration.ofSeconds(5))) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> given().get("/health")
                            .then()
                            .statusCode(200)
                            .body("status", is("ok"))
                            .body("store", is(true))
                            .body("runner", is(true))
                            .body("queue", is(0)));
        }
    }

    @Test
    @Order(2)
    void answersProbesWithoutACredential() {
        for (String probe : new String[] {"live", "ready", "started"}) {
            given().get("/q/health/" + probe).then().statusCode(200).body("status", is("UP"));
        }
    }

    @Test
    @Order(3)
    void showsMetricsToOperatorsOnly() {
        problem(given().get("/q/metrics").then(), 401, "unauthenticated");
        problem(asSubmitter().get("/q/metrics").then(), 403, "forbidden");
        asOperator().get("/q/metrics").then().statusCode(200);
    }

    @Test
    @Order(4)
    void acceptsNothingWhileTheStoreCannotBeWrittenAndGoesOnAfterwards() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("webhook/ferry.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            problem(send(document("refused", "echo hi")), 503, "store-unavailable")
                    .header("Retry-After", "10");
            given().get("/q/health/ready").then().statusCode(503).body("status", is("DOWN"));
            given().get("/q/health/live").then().statusCode(200);
            given().get("/health").then().statusCode(503).body("store", is(false));

            statement.execute("ROLLBACK");
        }

        given().get("/q/health/ready").then().statusCode(200);
        send(document("refused", "echo hi")).statusCode(202).body("duplicate", is(false));
    }

    @Test
    @Order(5)
    void isDegradedWhileTheRunnerAnswersButCannotExecute() {
        // Whoever follows its journal is not cut off meanwhile, which would be another reason.
        try (RunnerDouble.Refusal _ = runner.stream(Duration.ofSeconds(30))) {
            becomesReady(true);
            try (RunnerDouble.Refusal _ = runner.answerForNow(get(urlPathEqualTo("/q/health/ready"))
                    .willReturn(aResponse().withStatus(503)))) {
                becomesReady(false);
                given().get("/health").then().statusCode(200).body("status", is("degraded"));
            }
            becomesReady(true);
        }
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(
            strings = {
                "",
                "<html>Welcome to another program</html>",
                "[]",
                "{\"status\": \"UP\"}",
                "{\"status\": \"UP\", \"checks\": [{\"name\": \"another service\", \"status\": \"UP\"}]}",
                "{\"status\": \"UP\", \"checks\": [{\"name\": \"runner can execute patches\", \"status\": \"DOWN\"}]}"
            })
    void takesNothingForAReadyRunnerButItsOwnDocument(String body) {
        try (RunnerDouble.Refusal _ = runner.stream(Duration.ofSeconds(30))) {
            becomesReady(true);
            try (RunnerDouble.Refusal _ = runner.answerForNow(get(urlPathEqualTo("/q/health/ready"))
                    .willReturn(aResponse().withStatus(200).withBody(body)))) {
                becomesReady(false);
            }
            becomesReady(true);
        }
    }

    @Test
    @Order(7)
    void staysReadyWhenTheRunnerIsGone() {
        runner.server().stop();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> given().get("/health").then().statusCode(200).body("status", is("degraded")));
        given().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
        send(document("patient", "echo hi")).statusCode(202);
        assertThat(given().get("/health").jsonPath().getInt("queue")).isPositive();
    }

    private static void becomesReady(boolean ready) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/health").then().body("runner", is(ready)));
    }
}
