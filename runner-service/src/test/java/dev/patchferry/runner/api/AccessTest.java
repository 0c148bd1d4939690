package dev.patchferry.runner.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.patchferry.contract.Problem;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what a request that leads nowhere is told. */
@QuarkusTest
@WithTestResource(OwnHome.class)
class AccessTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/patch",
                "/patches",
                "/patches/x",
                "/patches/x/log",
                "/status",
                "/workspaces",
                "/events",
                "/q/metrics",
                "/nowhere",
                "/execute"
            })
    void nobodyGetsInWithoutTheToken(String path) {
        refused(given().get(path).then());
        refused(given().header("Authorization", "Bearer runner-token-for-testz")
                .get(path)
                .then());
        refused(given().header("Authorization", OwnHome.TOKEN).get(path).then());
        refused(given().header("Authorization", "Basic " + OwnHome.TOKEN)
                .post(path)
                .then());
    }

    @Test
    void aBodyIsNotReadFromWhoMayNotSendOne() {
        refused(given().contentType("application/json")
                .body("not json")
                .post("/patch")
                .then());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/q/health", "/q/health/ready", "/q/health/live", "/q/health/started"})
    void probesAreOpen(String path) {
        given().get(path).then().statusCode(200);
    }

    @Test
    void aPathThatIsNoneIsNotFound() {
        Api.authorised()
                .get("/nowhere")
                .then()
                .statusCode(404)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:patchferry:problem:not-found"));
    }

    @Test
    void aMethodThatIsNotAllowedNamesThoseThatAre() {
        Api.authorised()
                .delete("/patch")
                .then()
                .statusCode(405)
                .contentType(Problem.MEDIA_TYPE)
                .header("Allow", containsString("POST"));
    }

    @Test
    void aPatchThatWasNeverSentIsNotFound() {
        for (String path : new String[] {"/patches/unknown", "/patches/unknown/log", "/patches/unknown/diff"}) {
            Api.authorised()
                    .get(path)
                    .then()
                    .statusCode(404)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("type", equalTo("urn:patchferry:problem:patch-not-found"));
        }
    }

    @Test
    void anIdThatIsNoneIsABadRequest() {
        Api.authorised().get("/patches/-rf").then().statusCode(400).contentType(Problem.MEDIA_TYPE);
    }

    private static void refused(ValidatableResponse response) {
        response.statusCode(401)
                .contentType(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", "Bearer")
                .body("type", equalTo("urn:patchferry:problem:unauthenticated"))
                .body("status", equalTo(401));
    }
}
