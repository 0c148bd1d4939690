package dev.patchferry.runner.api;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.runner.Pause;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.Receipts;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be read of patches and of the runner itself, and what an operator can ask for. */
@QuarkusTest
@WithTestResource(OwnHome.class)
class ReadingTest {
    OwnHome.Folders folders;

    @Inject
    Journal journal;

    @Test
    void aPatchCanBeReadAfterItsEnd() {
        String id = ran("true");

        Api.authorised()
                .get("/patches/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("succeeded"))
                .body("receipt.outcome", equalTo("succeeded"))
                .body("history", hasSize(3));
    }

    @Test
    void patchesAreListedNewestFirstInPages() {
        String first = ran("true");
        String second = ran("true");
        String third = ran("true");

        JsonPath page = Api.authorised().get("/patches?limit=2").jsonPath();
        assertThat(page.getList("patches.id")).isEqualTo(List.of(third, second));
        Api.authorised()
                .get("/patches?limit=1&after=" + page.getLong("next"))
                .then()
                .body("patches.id", contains(first))
                .body("patches[0].receipt", equalTo(null));
    }

    @Test
    void patchesAreListedByStateAndWorkspace() {
        String failed = ran("exit 1");

        Api.authorised()
                .get("/patches?status=failed&workspace=default&limit=1")
                .then()
                .body("patches.id", contains(failed))
                .body("patches.status", everyItem(equalTo("failed")));
        Api.authorised().get("/patches?status=no-such").then().statusCode(400).contentType(Problem.MEDIA_TYPE);
        Api.authorised()
                .get("/patches?workspace=no-such")
                .then()
                .statusCode(200)
                .body("patches", hasSize(0));
    }

    @Test
    void theLogIsServedWholeFromAPlaceOnAndInRanges() {
        String id = ran("printf 0123456789");
        String log = "/patches/" + id + "/log";

        Api.authorised()
                .get(log)
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .body(equalTo("0123456789"));
        Api.authorised().get(log + "?offset=7").then().statusCode(200).body(equalTo("789"));
        Api.authorised().get(log + "?offset=10").then().statusCode(200).body(equalTo(""));
        Api.authorised().get(log + "?offset=99").then().statusCode(200).body(equalTo(""));
        Api.authorised().get(log + "?offset=-1").then().statusCode(400).contentType(Problem.MEDIA_TYPE);
        Api.authorised()
                .header("Range", "bytes=2-4")
                .get(log)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 2-4/10")
                .body(equalTo("234"));
        Api.authorised()
                .header("Range", "bytes=8-")
                .get(log)
                .then()
                .statusCode(206)
                .body(equalTo("89"));
        Api.authorised()
                .header("Range", "bytes=10-")
                .get(log)
                .then()
                .statusCode(416)
                .contentType(Problem.MEDIA_TYPE);
        Api.authorised()
                .header("Range", "lines=1-2")
                .get(log)
                .then()
                .statusCode(200)
                .body(equalTo("0123456789"));
        Api.authorised()
                .header("Range", "bytes=-3")
                .get(log)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 7-9/10")
                .body(equalTo("789"));
        Api.authorised().header("Range", "bytes=-0").get(log).then().statusCode(416);
        Api.authorised().get(log + "?limit=3").then().statusCode(200).body(equalTo("012"));
        Api.authorised().get(log + "?offset=2&limit=3").then().statusCode(200).body(equalTo("234"));
        Api.authorised().get(log + "?offset=8&limit=99").then().statusCode(200).body(equalTo("89"));
        Api.authorised().get(log + "?tail=4").then().statusCode(200).body(equalTo("6789"));
        Api.authorised().get(log + "?tail=99").then().statusCode(200).body(equalTo("0123456789"));
        Api.authorised().get(log + "?tail=4&offset=1").then().statusCode(400);
    }

    @Test
    void X29_theLogOfARunningPatchCanBeFollowed() throws IOException {
        String id = Api.freshId();
        Api.submit(shell(id, Pause.command("follow", "echo first;") + "echo second"));
        Waiting.until(
                () -> Api.authorised().get("/patches/" + id + "/log").asString().equals("first\n"));

        new Pause("follow", folders.transactions()).letGo();

        Waiting.until(() -> Api.authorised()
                .get("/patches/" + id + "/log?offset=6")
                .asString()
                .equals("second\n"));
    }

    @Test
    void theDiffIsServedWhole() {
        String id = ran("printf 'a\\nb\\n' > diffed.txt");

        Api.authorised()
                .get("/patches/" + id + "/diff")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .body(containsString("+++ b/diffed.txt"))
                .body(containsString("+a\n+b"));
    }

    @Test
    void filesForPeopleStandBesideTheJournal() {
        String well = ran("echo out");
        String badly = ran("exit 1");

        Waiting.until(() -> Files.exists(folders.home().resolve("runner/patches/.failed/" + badly + ".log")));
        assertThat(folders.home().resolve("runner/patches/.completed/" + well + ".log"))
                .hasContent("out");
        assertThat(folders.home().resolve("runner/patches/.completed/" + well + ".receipt.json"))
                .exists();
        assertThat(folders.home().resolve("runner/patches/" + well + ".json")).doesNotExist();
    }

    @Test
    void workspacesSayWhereTheyAreAndWhetherTheyCanBeUsed() {
        Api.authorised()
                .get("/workspaces")
                .then()
                .statusCode(200)
                .body("name", containsInAnyOrder("default", "other"))
                .body(
                        "find { it.name == 'default' }.path",
                        equalTo(folders.workspace().toString()))
                .body("usable", everyItem(equalTo(true)))
                .body("sandbox", everyItem(equalTo("full")));
    }

    @Test
    void theStatusCountsPatchesAndTellsTheSandbox() {
        ran("true");

        Api.authorised()
                .get("/status")
                .then()
                .statusCode(200)
                .body("patches.succeeded", greaterThanOrEqualTo(1))
                .body("sandbox.level", equalTo("full"))
                .body("sandbox.usable", equalTo(true))
                .body("workspaces", hasSize(2));
    }

    @Test
    void healthIsOkWhileEverythingIsThere() {
        Api.authorised()
                .get("/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("ok"))
                .body("reasons", hasSize(0));
        Api.authorised().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void S8_aWorkspaceThatIsGoneIsNamedAndItsPatchesWaitWhileTheRunnerStaysReady() throws IOException {
        Files.move(folders.other(), folders.other().resolveSibling("renamed"));
        try {
            Api.authorised()
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body(containsString("workspace other: "))
                    .body(containsString("is not a directory"));
            Api.authorised().get("/health").then().body("status", equalTo("degraded"));
            Api.submit(shell(Api.freshId(), "true", document -> document.put("workspace", "other")))
                    .then()
                    .statusCode(202);
        } finally {
            Files.move(folders.other().resolveSibling("renamed"), folders.other());
        }
        Api.authorised().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void anInterruptedPatchRunsAgainWhenAskedTo() throws IOException {
        String blocker = Api.freshId();
        Api.submit(shell(blocker, Pause.command("it")));
        Waiting.until(new Pause("it", folders.transactions())::hasBegun);
        String id = Api.freshId();
        Api.submit(shell(id, "true"));
        JournaledPatch journaledPatch =
                journal.started(journal.find(new PatchId(id)).orElseThrow()).orElseThrow();
        journal.finished(journaledPatch, Receipts.ended(PatchStatus.INTERRUPTED, "cut short by this test"));

        Api.body("{\"patchId\": \"" + id + "\"}")
                .post("/execute")
                .then()
                .statusCode(202)
                .body("status", equalTo("queued"))
                .body("attempt", equalTo(2))
                .body("receipt", equalTo(null));
        new Pause("it", folders.transactions()).letGo();

        Waiting.until(
                () -> Api.authorised().get("/patches/" + id).path("status").equals("succeeded"));
    }

    @Test
    void onlyAnInterruptedPatchRunsAgain() {
        String id = ran("true");

        Api.body("{\"patchId\": \"" + id + "\"}")
                .post("/execute")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:patchferry:problem:wrong-state"))
                .body("patch_status", equalTo("succeeded"));
        Api.body("{}").post("/execute").then().statusCode(400).contentType(Problem.MEDIA_TYPE);
        Api.body("").post("/execute").then().statusCode(400).contentType(Problem.MEDIA_TYPE);
        Api.body("{\"patchId\": \"unknown\"}").post("/execute").then().statusCode(404);
    }

    private static String ran(String command) {
        String id = Api.freshId();
        Api.run(shell(id, command)).then().statusCode(200).body("terminal", equalTo(true));
        return id;
    }
}
