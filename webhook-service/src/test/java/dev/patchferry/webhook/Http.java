package dev.patchferry.webhook;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;

/** Requests as senders and operators make them. */
public final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Http() {}

    public static RequestSpecification asSubmitter() {
        return given().header("Authorization", "Bearer " + WithRunner.SUBMIT);
    }

    public static RequestSpecification asOperator() {
        return given().header("Authorization", "Bearer " + WithRunner.OPERATOR);
    }

    public static ValidatableResponse send(String document) {
        return asSubmitter()
                .contentType(ContentType.JSON)
                .body(document)
                .post("/webhook")
                .then();
    }

    public static ValidatableResponse get(String path) {
        return asSubmitter().get(path).then();
    }

    public static ValidatableResponse problem(ValidatableResponse response, int status, String type) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("type", is("urn:patchferry:problem:" + type))
                .body("status", is(status));
    }

    /** Asks for the patch until it is in this state. */
    public static ValidatableResponse becomes(String id, String status) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(25))
                .untilAsserted(() -> get("/patches/" + id).body("status", is(status)));
        return get("/patches/" + id);
    }
}
