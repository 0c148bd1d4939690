package dev.patchferry.runner.api;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** How many patches of one principal may be held, and what that is to everybody else. */
@QuarkusTest
@WithTestResource(OwnHome.class)
class HeldPatchesTest {
    private static final String HELD = "echo and me";

    @Test
    void theHeldPatchesOfOnePrincipalKeepNobodyElseOut() {
        for (int i = 0; i < OwnHome.WAITING; i++) {
            send("eager", Api.freshId(), HELD).body("status", equalTo("held"));
        }

        String beyond = Api.freshId();
        send("eager", beyond, HELD)
                .statusCode(200)
                .body("status", equalTo("rejected"))
                .body("reason", startsWith("too_many_held: " + OwnHome.WAITING + " patches of eager "))
                .body("receipt.summary", containsString("nothing of it ran"));
        send("eager", beyond, HELD).statusCode(200).body("status", equalTo("rejected"));
        send("eager", Api.freshId(), "true").statusCode(200).body("status", equalTo("succeeded"));
        send("modest", Api.freshId(), HELD).statusCode(200).body("status", equalTo("held"));
        send("modest", Api.freshId(), "true").statusCode(200).body("status", equalTo("succeeded"));
    }

    private static ValidatableResponse send(String principal, String id, String command) {
        return Api.body(shell(id, command, document -> document.put("workspace", "other"))
                        .json()
                        .toString())
                .header("Ferry-Principal", principal)
                .header("Ferry-Roles", "submit")
                .post("/patch?wait=30")
                .then();
    }
}
