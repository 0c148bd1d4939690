package dev.patchferry.runner.intake;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import dev.patchferry.contract.PatchDocument;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** Deciding about proposals, as the webhook and a runner's owner do. */
@QuarkusTest
@WithTestResource(OwnHome.class)
class ApprovalTest {
    OwnHome.Folders folders;

    @Test
    void aProposalIsShownAndTakesEffectOnceItIsApproved() {
        String id = proposed();
        assertThat(folders.workspace().resolve(id)).doesNotExist();
        Api.authorised().get("/patches/" + id + "/diff").then().body(containsString("+++ b/" + id));

        as("ops", "operate")
                .contentType(ContentType.JSON)
                .body("{\"comment\": \"fine\", \"about\": \"proposed\"}")
                .post("/patches/" + id + "/approve")
                .then()
                .statusCode(200)
                .body("status", equalTo("succeeded"))
                .body("reason", equalTo("approved: ops approved it: fine"))
                .body("history.status", hasItems("queued", "running", "proposed", "succeeded"));

        assertThat(folders.workspace().resolve(id)).exists();
        decide(as("ops", "operate"), id, "approve").statusCode(200).body("status", equalTo("succeeded"));
        decide(as("ops", "operate"), id, "deny")
                .statusCode(409)
                .body("type", equalTo("urn:patchferry:problem:wrong-state"))
                .body("patch_status", equalTo("succeeded"));
    }

    @Test
    void aHeldPatchDoesNothingUntilItIsApproved() {
        String id = Api.freshId();
        Api.run(inOther(id, "echo and me > " + id))
                .then()
                .statusCode(200)
                .body("status", equalTo("held"))
                .body("reason", startsWith("held: somebody looks first (policy rule 1); waits for an operator's"));
        assertThat(folders.home().resolve("runner/patches/" + id + ".json")).exists();

        decide(as("ops", "operate"), id, "approve").statusCode(202);

        Waiting.until(
                () -> Api.authorised().get("/patches/" + id).path("status").equals("succeeded"));
        assertThat(folders.other().resolve(id)).exists();
    }

    @Test
    void whatThePolicyDeniesIsRejectedWithItsReason() {
        String id = Api.freshId();
        Api.run(inOther(id, "echo deny me"))
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"))
                .body("reason", equalTo("policy_denied: it is not wanted (policy rule 2)"))
                .body("receipt.format", equalTo("shell"));
    }

    @Test
    void whoSentItDoesNotDecideAboutIt() {
        String id = proposed();

        decide(as("sender", "submit,view,operate"), id, "approve")
                .statusCode(403)
                .body("detail", containsString("a patch of their own"));
        decide(as("somebody", "submit,view"), id, "approve").statusCode(403);
        decide(Api.authorised(), id, "deny")
                .statusCode(200)
                .body("status", equalTo("rejected"))
                .body("reason", equalTo("denied: runner-token denied it"));
    }

    @Test
    void whatDoesNotWaitCannotBeDecidedAbout() {
        String id = Api.freshId();
        Api.run(shell(id, "true"));

        decide(as("ops", "operate"), id, "approve")
                .statusCode(409)
                .body("detail", equalTo("`" + id + "` does not wait for a decision."))
                .body("patch_status", equalTo("succeeded"));
        decide(as("ops", "operate"), Api.freshId(), "approve").statusCode(404);
    }

    @Test
    void aNoteThatIsNoneIsRefused() {
        String id = proposed();

        for (String note : new String[] {
            "[]", "{\"comment\": 1}", "{\"about\": \"queued\"}", "{", "{\"comment\": \"" + "x".repeat(1_001) + "\"}"
        }) {
            as("ops", "operate")
                    .contentType(ContentType.JSON)
                    .body(note)
                    .post("/patches/" + id + "/approve")
                    .then()
                    .statusCode(400)
                    .body("detail", containsString("Nothing was changed."));
        }
        Api.authorised().get("/patches/" + id).then().body("status", equalTo("proposed"));
        decide(as("ops", "operate"), id, "deny").statusCode(200);
    }

    @Test
    void otherContentUnderTheIdIsNotDecidedAbout() {
        String id = proposed();

        decide(as("ops", "operate").queryParam("content_hash", "0".repeat(64)), id, "approve")
                .statusCode(409)
                .body("type", equalTo("urn:patchferry:problem:id-conflict"));
        decide(as("ops", "operate"), id, "deny")
                .statusCode(200)
                .body("receipt.summary", startsWith("Rejected after it had run."));
    }

    private static String proposed() {
        String id = Api.freshId();
        Api.body(shell(id, "echo x > " + id, document -> document.put("propose", true))
                        .json()
                        .toString())
                .header("Ferry-Principal", "sender")
                .header("Ferry-Roles", "submit,view,operate")
                .post("/patch?wait=30")
                .then()
                .statusCode(200)
                .body("status", equalTo("proposed"))
                .body("terminal", equalTo(false))
                .body("receipt.outcome", equalTo("proposed"));
        return id;
    }

    private static PatchDocument inOther(String id, String command) {
        return shell(id, command, document -> document.put("workspace", "other"));
    }

    private static RequestSpecification as(String principal, String roles) {
        return Api.authorised().header("Ferry-Principal", principal).header("Ferry-Roles", roles);
    }

    private static ValidatableResponse decide(RequestSpecification request, String id, String decision) {
        return request.post("/patches/" + id + "/" + decision).then();
    }
}
