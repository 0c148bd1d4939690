package dev.patchferry.runner.api;

import static dev.patchferry.runner.journal.Documents.read;
import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.Problem;
import dev.patchferry.runner.Pause;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the runner answers to whoever brings it a patch. */
@QuarkusTest
@WithTestResource(OwnHome.class)
class SubmitTest {
    OwnHome.Folders folders;

    @Test
    void runsAPatchAndAnswersWithItsReceipt() {
        String id = Api.freshId();

        Api.run(shell(id, "echo said; printf made > " + id))
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("id", equalTo(id))
                .body("status", equalTo("succeeded"))
                .body("terminal", equalTo(true))
                .body("duplicate", equalTo(false))
                .body("history.status", contains("queued", "running", "succeeded"))
                .body("receipt.steps[0].exit_code", equalTo(0))
                .body("receipt.files[0].path", equalTo(id))
                .body("receipt.log_tail", equalTo("said\n"))
                .body("receipt.enforced.sandbox", equalTo("full"));
        assertThat(folders.workspace().resolve(id)).hasContent("made");
    }

    @Test
    void answersAtOnceWhenNobodyWaits() {
        Api.submit(shell(Api.freshId(), "true"))
                .then()
                .statusCode(202)
                .body("status", equalTo("queued"))
                .body("terminal", equalTo(false));
    }

    @Test
    void runsInTheWorkspaceThatIsNamed() {
        String id = Api.freshId();

        Api.run(read("{\"id\": \"" + id + "\", \"role\": \"any\", \"target_file\": \"x\", \"workspace\": \"other\","
                        + " \"patch\": \"touch " + id + "\"}"))
                .then()
                .body("status", equalTo("succeeded"));

        assertThat(folders.other().resolve(id)).exists();
        assertThat(folders.workspace().resolve(id)).doesNotExist();
    }

    @Test
    void S2_knowsAPatchThatIsSentAgain() {
        PatchDocument patch = shell(Api.freshId(), "true");
        Api.run(patch);

        Api.submit(patch)
                .then()
                .statusCode(200)
                .body("duplicate", equalTo(true))
                .body("status", equalTo("succeeded"));
    }

    @Test
    void S2_refusesOtherContentUnderAKnownId() {
        String id = Api.freshId();
        Api.run(shell(id, "true"));

        Api.run(shell(id, "touch forged-" + id))
                .then()
                .statusCode(409)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:patchferry:problem:id-conflict"))
                .body("patch_status", equalTo("succeeded"))
                .body("detail", containsString("for example `" + id + "-2`"));
        assertThat(folders.workspace().resolve("forged-" + id)).doesNotExist();
    }

    @Test
    void S2_runsOnceWhatIsSentTwentyTimesAtOnce() throws Exception {
        String id = Api.freshId();
        PatchDocument patch = shell(id, "echo once >> " + id);
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            Callable<Response> send = () -> Api.run(patch);

            List<Response> answers = threads
                    .invokeAll(IntStream.range(0, 20).mapToObj(i -> send).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();

            assertThat(answers)
                    .allSatisfy(answer -> answer.then()
                            .statusCode(200)
                            .body("status", equalTo("succeeded"))
                            .body("attempt", equalTo(1)));
            assertThat(answers.stream().filter(answer -> answer.path("duplicate")))
                    .hasSize(19);
        }
        assertThat(folders.workspace().resolve(id)).hasContent("once");
    }

    @Test
    void aFailedCommandIsNoSuccess() {
        Api.run(shell(Api.freshId(), "echo hi >> a.txt; exit 3"))
                .then()
                .statusCode(200)
                .body("status", equalTo("failed"))
                .body("receipt.steps[0].exit_code", equalTo(3))
                .body("receipt.files", hasSize(0));
        assertThat(folders.workspace().resolve("a.txt")).doesNotExist();
    }

    @Test
    void aDocumentWithNothingToExecuteIsRejectedWithTheReason() {
        Api.submit(read("{\"id\": \"" + Api.freshId() + "\", \"phases\": [\"think\"]}"))
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"))
                .body("reason", containsString("nothing here that can be executed"))
                .body("receipt.outcome", equalTo("rejected"))
                .body("receipt.enforced.sandbox", equalTo("not_started"));
    }

    @Test
    void everyFaultOfADocumentIsListed() {
        Api.body("{\"id\": \"-\", \"role\": 1, \"patch\": \"x\", \"workspace\": \"A/B\", \"base\": {\"a\": \"b\"}}")
                .post("/patch")
                .then()
                .statusCode(422)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:patchferry:problem:invalid-patch"))
                .body("errors.size()", greaterThan(3));
    }

    @Test
    void aWorkspaceThatIsNotHereIsRefused() {
        Api.submit(shell(Api.freshId(), "true", document -> document.put("workspace", "elsewhere")))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/workspace"));
    }

    @Test
    void moreTimeThanTheWorkspaceGivesIsRefusedByTheSettingThatBoundsIt() {
        Api.submit(shell(Api.freshId(), "true", document -> document.put("timeout_s", 901)))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/timeout_s"))
                .body("errors[0].detail", containsString("`ferry.workspaces.default.limits.build` is 900 s"));
        Api.submit(shell(Api.freshId(), "true", document -> document.put("timeout_s", 900)))
                .then()
                .statusCode(202);
    }

    @Test
    void whatIsNotJsonIsRefusedWithItsPlace() {
        Api.body("{\n  \"id\": \"a\",,\n}")
                .post("/patch")
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:patchferry:problem:malformed-json"))
                .body("detail", containsString("line 2, column"));
        Api.body("").post("/patch").then().statusCode(400);
    }

    @Test
    void aBodyOfMoreThanAMebibyteIsRefused() {
        Api.body("{\"id\": \"a\", \"patch\": \"" + "x".repeat(1 << 20) + "\"}")
                .post("/patch")
                .then()
                .statusCode(413)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:patchferry:problem:too-large"));
    }

    @Test
    void anotherMediaTypeIsRefused() {
        Api.authorised()
                .contentType("text/plain")
                .body("{}")
                .post("/patch")
                .then()
                .statusCode(415)
                .contentType(Problem.MEDIA_TYPE);
    }

    @Test
    void aQueueThatIsFullSaysWhenToComeAgain() throws IOException {
        String blocker = Api.freshId();
        Api.submit(shell(blocker, Pause.command("it"), document -> document.put("workspace", "other")));
        Waiting.until(pause()::hasBegun);
        for (int i = 0; i < OwnHome.WAITING; i++) {
            Api.submit(inOther("true")).then().statusCode(202);
        }

        Api.submit(inOther("true"))
                .then()
                .statusCode(429)
                .header("Retry-After", equalTo("5"))
                .body("type", equalTo("urn:patchferry:problem:queue-full"))
                .body("detail", startsWith("3 patches wait"));
        Api.authorised()
                .get("/workspaces")
                .then()
                .body("find { it.name == 'other' }.running", equalTo(blocker))
                .body("find { it.name == 'other' }.waiting", equalTo(OwnHome.WAITING));

        pause().letGo();
        Waiting.until(() -> Api.authorised().get("/status").<Integer>path("queue_depth") == 0);
    }

    private Pause pause() {
        return new Pause("it", folders.transactions());
    }

    private static PatchDocument inOther(String command) {
        return shell(Api.freshId(), command, document -> document.put("workspace", "other"));
    }
}
