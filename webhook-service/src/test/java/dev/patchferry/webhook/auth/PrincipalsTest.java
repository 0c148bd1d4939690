package dev.patchferry.webhook.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.patchferry.webhook.Http.asOperator;
import static dev.patchferry.webhook.Http.problem;
import static dev.patchferry.webhook.Http.send;
import static dev.patchferry.webhook.Samples.document;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.patchferry.webhook.FerryHome;
import dev.patchferry.webhook.RunnerDouble;
import dev.patchferry.webhook.WithRunner;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Principals of the file, added while the service runs. */
@QuarkusTest
@WithTestResource(WithRunner.class)
class PrincipalsTest {
    RunnerDouble runner;

    @FerryHome
    Path home;

    @Test
    void comesInAsSoonAsAddedAndNotOnceRevoked() {
        String token = TokenOffice.add(home, "fleeting", "--role", "submit");
        becomesStatus(token, 200);

        new TokenOffice(home, Clock.systemUTC()).run("revoke", "fleeting");

        becomesStatus(token, 401);
    }

    @Test
    void isTheSenderThatTheRunnerIsTold() {
        String token = arrived("attested", "--role", "submit");

        post(token, document("attested-1", "echo hi")).statusCode(202);

        await().untilAsserted(() -> assertThat(runner.deliveries("attested-1"))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.getHeader("Ferry-Principal")).isEqualTo("attested");
                    assertThat(request.getHeader("Ferry-Roles")).isEqualTo("submit");
                }));
    }

    @Test
    void aViewerReadsEverythingAndSendsNothing() {
        send(document("seen-by-all", "echo hi")).statusCode(202);
        String token = arrived("viewer", "--role", "view");

        with(token).get("/patches/seen-by-all").then().statusCode(200).body("principal", is("submit"));
        with(token).get("/patches").then().statusCode(200).body("patches.id", hasItem("seen-by-all"));
        problem(post(token, document("viewers", "echo hi")), 403, "forbidden");
        problem(with(token).post("/patches/seen-by-all/cancel").then(), 403, "forbidden");
        problem(asOperator().get("/patches/viewers").then(), 404, "patch-not-found");
    }

    @Test
    void aLimitedOneUsesItsWorkspacesAlone() {
        String token = arrived("limited", "--role", "submit", "view", "--workspace", "site");
        send(document("elsewhere", "echo hi", "default")).statusCode(202);
        send(document("at-site", "echo hi", "site")).statusCode(202);

        problem(post(token, document("not-limiteds", "echo hi", "default")), 403, "forbidden");
        problem(asOperator().get("/patches/not-limiteds").then(), 404, "patch-not-found");
        post(token, document("limiteds-own", "echo hi", "site")).statusCode(202);

        problem(with(token).get("/patches/elsewhere").then(), 404, "patch-not-found");
        problem(with(token).get("/patches/elsewhere/log").then(), 404, "patch-not-found");
        problem(with(token).get("/patches?workspace=default").then(), 403, "forbidden");
        with(token)
                .get("/patches?limit=200")
                .then()
                .statusCode(200)
                .body("patches.workspace", everyItem(is("site")))
                .body("patches.id", hasItems("limiteds-own", "at-site"));
    }

    @Test
    void aLimitedOneIsToldOfItsWorkspacesAlone() {
        runner.answer(WireMock.get(urlEqualTo("/workspaces"))
                .willReturn(okJson("[{\"name\": \"default\"}, {\"name\": \"site\"}]")));
        String token = arrived("told", "--role", "submit", "--workspace", "site");

        with(token).get("/workspaces").then().statusCode(200).body("name", contains("site"));
    }

    @Test
    void aFileThatMeansNothingChangesNothing() throws IOException {
        String token = arrived("steady", "--role", "submit");
        Path file = home.resolve("tokens/principals.json");
        String good = Files.readString(file);

        Files.writeString(file, "{\"principals\": [{\"name\": 7}]}");
        String other = "after-the-broken-one";
        with(token).get("/patches").then().statusCode(200);

        Files.writeString(file, good);
        becomesStatus(TokenOffice.add(home, other, "--role", "submit"), 200);
        with(token).get("/patches").then().statusCode(200);
    }

    private String arrived(String... arguments) {
        String token = TokenOffice.add(home, arguments);
        becomesStatus(token, 200);
        return token;
    }

    private static void becomesStatus(String token, int status) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> with(token).get("/patches").statusCode() == status);
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static ValidatableResponse post(String token, String document) {
        return with(token)
                .contentType(ContentType.JSON)
                .body(document)
                .post("/webhook")
                .then();
    }
}
