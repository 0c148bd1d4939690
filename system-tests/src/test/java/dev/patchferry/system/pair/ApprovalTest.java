package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import dev.patchferry.system.support.Sender.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who decides what: policies and approvals through both services, as a sender and an operator see them. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApprovalTest {
    private final RunningPair pair = new RunningPair();
    private RunningCommand up;

    ApprovalTest() throws IOException {}

    @BeforeAll
    void start() throws Exception {
        Path settings = Files.createDirectories(pair.home().resolve("config")).resolve("application.properties");
        Files.writeString(settings, """
                ferry.workspaces.default.rules[0]=hold command="*held.txt*" because somebody looks at this before it runs
                ferry.workspaces.default.rules[1]=propose group=ci,editor-tasks because it runs where nobody looks
                ferry.workspaces.default.rules[2]=deny path=prod/** because prod is changed by hand
                """);
        up = pair.up();
    }

    @AfterAll
    void stop() throws IOException {
        up.close();
        pair.close();
    }

    @Test
    void aHeldPatchDoesNothingUntilItIsApproved() throws Exception {
        Answer sent = pair.sender().send(Sender.shell("held", "echo done > held.txt"));
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.body().path("status").asText()).isEqualTo("held");
        assertThat(sent.body().path("reason").asText())
                .startsWith("held: somebody looks at this before it runs (policy rule 1); waits for an operator's");
        assertThat(sent.body().path("next").asText()).contains("POST /patches/held/approve");
        assertThat(pair.sender()
                        .sendShell("other", "echo other > other.txt")
                        .path("status")
                        .asText())
                .as("it holds up nobody")
                .isEqualTo("succeeded");
        assertThat(pair.file("held.txt")).doesNotExist();

        Answer approved = pair.operator().approve("held", "go on");

        assertThat(approved.status()).isIn(200, 202);
        JsonNode end = pair.sender().read("/patches/held?wait=30");
        assertThat(end.path("status").asText()).isEqualTo("succeeded");
        assertThat(end.path("history").findValuesAsText("status"))
                .containsSubsequence("held", "queued", "running", "succeeded");
        assertThat(end.path("history").findValuesAsText("reason")).contains("approved: operator approved it: go on");
        assertThat(pair.file("held.txt")).hasContent("done");
    }

    @Test
    void Y8_aProposalShowsItsDiffAndChangesNothingUntilWhatWasShownIsApproved() throws Exception {
        Answer sent = pair.sender().send(proposal("proposed", "echo new > proposed.txt"));
        assertThat(sent.body().path("status").asText()).isEqualTo("proposed");
        assertThat(sent.body().path("terminal").asBoolean()).isFalse();
        assertThat(pair.operator().text("/patches/proposed/diff")).contains("+++ b/proposed.txt", "+new");
        assertThat(pair.file("proposed.txt")).doesNotExist();

        Answer unseen = pair.operator().post("/patches/proposed/approve", "");
        assertThat(unseen.status()).isEqualTo(428);
        String changeSet =
                pair.operator().read("/patches/proposed").path("change_set").asText();
        assertThat(unseen.body().path("change_set").asText())
                .isEqualTo(changeSet)
                .hasSize(64);

        Answer approved = pair.operator().approve("proposed");

        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.body().path("status").asText()).isEqualTo("succeeded");
        assertThat(pair.file("proposed.txt")).hasContent("new");
        assertThat(pair.operator().approve("proposed").status()).isEqualTo(200);
        Answer denied = pair.operator().post("/patches/proposed/deny", "");
        assertThat(denied.status()).isEqualTo(409);
        assertThat(denied.body().path("patch_status").asText()).isEqualTo("succeeded");
    }

    @Test
    void theSubmitterDoesNotApproveItsOwn() throws Exception {
        pair.sender().send(proposal("not-mine", "echo x > not-mine.txt"));
        pair.operator().send(proposal("own", "echo x > own.txt"));

        assertThat(pair.sender().post("/patches/not-mine/approve", "").status()).isEqualTo(403);
        Answer own = pair.operator().post("/patches/own/approve", "");

        assertThat(own.status()).isEqualTo(403);
        assertThat(own.body().path("detail").asText()).contains("a patch of their own");
        assertThat(pair.file("own.txt")).doesNotExist();
    }

    @Test
    void aDenialReachesTheSenderWithItsReason() throws Exception {
        pair.sender().send(proposal("denied", "echo x > denied.txt"));

        pair.operator().post("/patches/denied/deny", "{\"comment\": \"use the API instead\"}");

        Answer again = pair.sender().send(proposal("denied", "echo x > denied.txt"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("status").asText()).isEqualTo("rejected");
        assertThat(again.body().path("reason").asText()).isEqualTo("denied: operator denied it: use the API instead");
        assertThat(pair.file("denied.txt")).doesNotExist();
    }

    @Test
    void S10_anApprovalAfterTheBaseChangedIsAConflict() throws Exception {
        pair.sender().send(proposal("late", "echo mine > both.txt"));
        Files.writeString(pair.file("both.txt"), "by hand\n");

        Answer approved = pair.operator().approve("late");

        assertThat(approved.body().path("status").asText()).isEqualTo("failed");
        assertThat(approved.body().path("reason").asText())
                .startsWith("conflict: both.txt was changed by somebody else")
                .endsWith("send it again under a new id");
        assertThat(pair.file("both.txt")).hasContent("by hand\n");
    }

    @Test
    void P8_aPatchIsProposedByWhatItDidAndNotByWhatItDeclared() throws Exception {
        JsonNode sly = pair.sender()
                .sendShell("sly", "d=.vs; mkdir \"${d}code\"; echo '{}' > \"${d}code/tasks.json\"; echo x > sly.txt");

        assertThat(sly.path("status").asText()).isEqualTo("proposed");
        assertThat(sly.path("reason").asText()).startsWith("proposed: it runs where nobody looks (policy rule 2)");
        assertThat(sly.at("/receipt/enforced/policy").asText())
                .isEqualTo("propose: it runs where nobody looks (policy rule 2)");
        assertThat(pair.file(".vscode")).doesNotExist();
        assertThat(pair.file("sly.txt")).doesNotExist();
    }

    @Test
    void whatIsDeniedByWhatItDidIsRolledBack() throws Exception {
        JsonNode patch = pair.sender().sendShell("prod", "mkdir prod; echo x > prod/x; echo y > prod.txt");

        assertThat(patch.path("status").asText()).isEqualTo("rejected");
        assertThat(patch.path("reason").asText()).isEqualTo("policy_denied: prod is changed by hand (policy rule 3)");
        assertThat(pair.file("prod")).doesNotExist();
        assertThat(pair.file("prod.txt")).doesNotExist();
    }

    @Test
    void S3_aProposalOutlivesARunnerThatIsKilled() throws Exception {
        pair.sender().send(proposal("outlives", "echo x > outlives.txt"));
        ProcessHandle runner = pair.process("runner");

        runner.destroyForcibly();
        runner.onExit().get();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> pair.operator().approve("outlives").status() == 200);

        assertThat(pair.sender().read("/patches/outlives").path("status").asText())
                .isEqualTo("succeeded");
        assertThat(pair.file("outlives.txt")).hasContent("x");
    }

    @Test
    void aProposalThatIsCancelledIsGone() throws Exception {
        pair.sender().send(proposal("unwanted", "echo x > unwanted.txt"));

        Answer cancelled = pair.sender().post("/patches/unwanted/cancel", "");

        assertThat(cancelled.body().path("status").asText()).isEqualTo("cancelled");
        assertThat(pair.operator().post("/patches/unwanted/approve", "").status())
                .isEqualTo(409);
        assertThat(pair.file("unwanted.txt")).doesNotExist();
    }

    private static ObjectNode proposal(String id, String command) {
        return Sender.shell(id, command).put("propose", true);
    }
}
