package dev.patchferry.runner.api;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.runner.Pause;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** Ending a patch in every phase (HOSTILE X20). */
@QuarkusTest
@WithTestResource(OwnHome.class)
class CancelTest {
    OwnHome.Folders folders;

    @Test
    void X20_aPatchThatRunsIsEndedAndRolledBack() {
        String id = Api.freshId();
        Api.submit(shell(id, "echo half > " + id + "; touch ~/" + id + ".begun; sleep 1000"));
        Waiting.until(new Pause(id, folders.transactions())::hasBegun);

        cancel(id).statusCode(202).body("status", equalTo("running"));

        Waiting.until(() -> status(id).equals("cancelled"));
        Api.authorised()
                .get("/patches/" + id)
                .then()
                .body("reason", equalTo("cancelled: somebody asked for it"))
                .body("receipt.outcome", equalTo("cancelled"))
                .body("receipt.summary", containsString("Everything was rolled back"));
        assertThat(folders.workspace().resolve(id)).doesNotExist();
        assertThat(folders.home().resolve("runner/patches/.failed/" + id + ".receipt.json"))
                .exists();
    }

    @Test
    void X20_aPatchThatWaitsNeverRuns() {
        String first = Api.freshId();
        String waits = Api.freshId();
        Api.submit(shell(first, "sleep 1000"));
        Api.submit(shell(waits, "touch " + waits));

        cancel(waits)
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("receipt.summary", startsWith("Cancelled; nothing of it ran."));
        cancel(waits).statusCode(200).body("status", equalTo("cancelled"));
        cancel(first);

        Waiting.until(() -> status(first).equals("cancelled"));
        Api.run(shell(Api.freshId(), "true")).then().body("status", equalTo("succeeded"));
        assertThat(folders.workspace().resolve(waits)).doesNotExist();
    }

    @Test
    void X20_whatHasEndedCannotBeCancelled() {
        String id = Api.freshId();
        Api.run(shell(id, "true"));

        cancel(id)
                .statusCode(409)
                .body("type", equalTo("urn:patchferry:problem:wrong-state"))
                .body("patch_status", equalTo("succeeded"));
    }

    @Test
    void X20_aPatchThatIsCancelledBeforeItComesDoesNotRunWhenItComes() {
        PatchDocument late = shell(Api.freshId(), "touch late.txt");

        cancelUnseen(late, late).statusCode(200).body("status", equalTo("cancelled"));
        Api.run(late)
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("duplicate", equalTo(true));

        assertThat(folders.workspace().resolve("late.txt")).doesNotExist();
    }

    @Test
    void aTombstoneIsForOneContentOnly() {
        PatchDocument first = shell(Api.freshId(), "true");
        PatchDocument other = shell(first.id().value(), "false");
        Api.run(first);

        cancelUnseen(first, other).statusCode(409).body("type", equalTo("urn:patchferry:problem:id-conflict"));
    }

    @Test
    void anUnknownIdOfWhichNothingIsToldIsNotFound() {
        cancel(Api.freshId()).statusCode(404);
    }

    @Test
    void refusesAHashThatIsNone() {
        Api.authorised()
                .queryParam("content_hash", "abc")
                .queryParam("workspace", "default")
                .post("/patches/" + Api.freshId() + "/cancel")
                .then()
                .statusCode(400);
    }

    private static ValidatableResponse cancel(String id) {
        return Api.authorised()
                .header("Ferry-Principal", "somebody")
                .post("/patches/" + id + "/cancel")
                .then();
    }

    private static ValidatableResponse cancelUnseen(PatchDocument id, PatchDocument content) {
        return Api.authorised()
                .queryParam("content_hash", content.hash().hex())
                .queryParam("workspace", content.workspace().value())
                .post("/patches/" + id.id() + "/cancel")
                .then();
    }

    private static String status(String id) {
        return Api.authorised().get("/patches/" + id).path("status");
    }
}
