package dev.patchferry.runner.api;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
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
                .body("{\"comment\": \"fine\", \"about\": \"proposed\", \"change_set\": \"" + changeSet(id) + "\"}")
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

        assertThat(changeSet(id))
                .isEqualTo(Api.authorised().get("/patches/" + id).path("content_hash"));
        decide(as("ops", "operate").body("{\"change_set\": \"" + changeSet(id) + "\"}"), id, "approve")
                .statusCode(202);

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
            "[]",
            "{\"comment\": 1}",
            "{\"change_set\": 7}",
            "{\"change_set\": \"abc\"}",
            "{\"including_hidden\": 1}",
            "{\"about\": \"queued\"}",
            "{",
            "{\"comment\": \"" + "x".repeat(1_001) + "\"}"
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

    @Test
    void Y8_anApprovalNamesWhatItApproves() {
        String id = proposed();
        String changeSet = changeSet(id);

        decide(as("ops", "operate"), id, "approve")
                .statusCode(428)
                .body("type", equalTo("urn:patchferry:problem:change-set-required"))
                .body("change_set", equalTo(changeSet))
                .body("diff", equalTo("/patches/" + id + "/diff"))
                .body("detail", containsString("{\"change_set\": \"" + changeSet + "\"}"))
                .body("patch_status", equalTo("proposed"));
        decide(as("ops", "operate").body("{\"change_set\": \"" + "0".repeat(64) + "\"}"), id, "approve")
                .statusCode(409)
                .body("type", equalTo("urn:patchferry:problem:change-set-differs"))
                .body("change_set", equalTo(changeSet))
                .body("detail", containsString("What waits is " + changeSet));
        Api.authorised().get("/patches/" + id).then().body("status", equalTo("proposed"));

        decide(as("ops", "operate").body("{\"change_set\": \"" + changeSet + "\"}"), id, "approve")
                .statusCode(200)
                .body("status", equalTo("succeeded"))
                .body("change_set", nullValue());
    }

    @Test
    void Y8_aHeldPatchIsApprovedByItsContentHash() {
        String id = Api.freshId();
        Api.run(inOther(id, "echo and me > " + id)).then().body("status", equalTo("held"));

        decide(as("ops", "operate"), id, "approve")
                .statusCode(428)
                .body(
                        "change_set",
                        equalTo(Api.authorised().get("/patches/" + id).path("content_hash")))
                .body("diff", equalTo("/patches/" + id));
        decide(as("ops", "operate"), id, "deny").statusCode(200);
    }

    @Test
    void Y8_whatTheDiffDoesNotShowIsApprovedByName() {
        String id = proposed("printf 'a\\0b' > binary-$RANDOM-" + System.nanoTime());
        String changeSet = changeSet(id);

        decide(as("ops", "operate").body("{\"change_set\": \"" + changeSet + "\"}"), id, "approve")
                .statusCode(428)
                .body("type", equalTo("urn:patchferry:problem:hidden-files"))
                .body("hidden.why", hasItems("binary"))
                .body("hidden.after_bytes", hasItems(3))
                .body("detail", containsString("\"including_hidden\": true"));
        decide(
                        as("ops", "operate")
                                .body("{\"change_set\": \"" + changeSet + "\", \"including_hidden\": true}"),
                        id,
                        "approve")
                .statusCode(200)
                .body("status", equalTo("succeeded"));
    }

    @Test
    void Y8_theDiffIsRawAndHasAViewForPages() {
        String id = proposed("printf 'a\\033[2Jb\\342\\200\\256\\n' > esc-" + System.nanoTime());

        assertThat(Api.authorised().get("/patches/" + id + "/diff").asByteArray())
                .contains(0x1B);
        Api.authorised()
                .get("/patches/" + id + "/diff?view=review")
                .then()
                .statusCode(200)
                .body(containsString("+a\\x1b[2Jb<U+202E>\n"));
        Api.authorised()
                .get("/patches/" + id + "/diff?view=html")
                .then()
                .statusCode(400)
                .body("detail", containsString("`view` is `review`"));
        decide(Api.authorised(), id, "deny").statusCode(200);
    }

    private static String changeSet(String id) {
        return Api.authorised().get("/patches/" + id).path("change_set");
    }

    private static String proposed() {
        String id = Api.freshId();
        return proposed(id, "echo x > " + id);
    }

    private static String proposed(String command) {
        return proposed(Api.freshId(), command);
    }

    private static String proposed(String id, String command) {
        Api.body(shell(id, command, document -> document.put("propose", true))
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
