package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One pair for all tests; every patch has its own id and its own files. */
@Tag("system")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PairTest {
    private final RunningPair pair = new RunningPair();
    private RunningCommand up;

    PairTest() throws IOException {}

    @BeforeAll
    void start() throws Exception {
        up = pair.up();
    }

    @AfterAll
    void stop() throws IOException {
        up.close();
        pair.close();
    }

    @Test
    void aPatchRunsAndItsReceiptSaysWhatItDid() throws Exception {
        Sender.Answer answer = pair.sender().send(Sender.shell("first", "echo hello > first.txt"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("status").asText()).isEqualTo("succeeded");
        assertThat(answer.body().at("/receipt/steps/0/exit_code").asInt(-1)).isZero();
        assertThat(answer.body().at("/receipt/files/0/path").asText()).isEqualTo("first.txt");
        assertThat(pair.file("first.txt")).hasContent("hello\n");
    }

    @Test
    void aFailedCommandIsAFailureAndLeavesNothingBehind() throws Exception {
        Files.writeString(pair.file("a.txt"), "before\n");

        JsonNode patch = pair.sender().sendShell("failing", "echo said; echo hi >> a.txt; exit 3");

        assertThat(patch.path("status").asText()).isEqualTo("failed");
        assertThat(patch.at("/receipt/steps/0/exit_code").asInt()).isEqualTo(3);
        assertThat(pair.file("a.txt")).hasContent("before\n");
        assertThat(pair.sender().text("/patches/failing/log")).contains("said");
    }

    @Test
    void anExitCodeIsWhatTheShellMadeOfIt() throws Exception {
        JsonNode patch = pair.sender().sendShell("large-code", "exit 3001");

        assertThat(patch.at("/receipt/steps/0/exit_code").asInt()).isEqualTo(185);
    }

    @Test
    void S12_aFailingBuildTakesTheMutationsBack() throws Exception {
        Sender.Answer answer = pair.sender().post("/webhook?wait=40", """
                {"blockId": "mutate(1)", "mutations": [{"path": "made/by.txt", "contents": "x"}],
                 "postMutationBuild": {"shell": ["test -f made/by.txt", "false"]}}""");

        assertThat(answer.body().path("status").asText())
                .as(answer.body().toPrettyString())
                .isEqualTo("failed");
        assertThat(answer.body().at("/receipt/steps")).hasSize(3);
        assertThat(pair.file("made")).doesNotExist();
    }

    @Test
    void whatCannotBeExecutedIsRejectedWithTheReason() throws Exception {
        JsonNode phases = pair.sender()
                .post("/webhook?wait=40", "{\"id\": \"only-phases\", \"phases\": [{\"actions\": [\"Open the file\"]}]}")
                .body();
        JsonNode prose = pair.sender().post("/webhook?wait=40", """
                        {"id": "prose", "role": "system", "target_file": "status.md", "patch": "All systems operational."}""").body();

        assertThat(phases.path("status").asText()).isEqualTo("rejected");
        assertThat(phases.path("reason").asText()).contains("nothing here that can be executed", "phases");
        assertThat(prose.path("status").asText()).isEqualTo("rejected");
        assertThat(prose.path("reason").asText()).contains("command_patch", "content");
    }

    @Test
    void everyFaultOfADocumentIsListed() throws Exception {
        Sender.Answer answer = pair.sender().post("/webhook", """
                {"id": "-bad", "role": 7, "target_file": "", "patch": "x", "workspace": "NOT THERE", "format": "magic"}""");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/id", "/role", "/target_file", "/workspace", "/format");
    }

    @Test
    void S2_theSamePatchTwentyTimesAtOnceRunsOnce() throws Exception {
        JsonNode document = Sender.shell("twenty", "echo once >> twenty.txt");

        List<Sender.Answer> answers = atOnce(20, () -> pair.sender().send(document));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("status").asText()).isEqualTo("succeeded");
        });
        assertThat(answers.stream()
                        .filter(answer -> answer.body().path("duplicate").asBoolean()))
                .hasSize(19);
        assertThat(pair.file("twenty.txt")).hasContent("once\n");
    }

    @Test
    void S2_otherContentUnderAUsedIdChangesNothing() throws Exception {
        pair.sender().sendShell("mine", "echo one > mine.txt");

        Sender.Answer other = pair.sender().send(Sender.shell("mine", "echo two > mine.txt"));

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("detail").asText()).contains("mine-2");
        assertThat(pair.file("mine.txt")).hasContent("one\n");
    }

    @Test
    void nobodyGetsInWithoutACredential() throws Exception {
        Sender stranger = new Sender(pair.sender().service(), "not-a-token-of-this-ferry");

        Sender.Answer answer = stranger.send(Sender.shell("strange", "echo in > strange.txt"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(pair.file("strange.txt")).doesNotExist();
    }

    @Test
    void X1_whatACommandLeavesRunningEndsWithIt() throws Exception {
        JsonNode patch = pair.sender().sendShell("daemon", "(sleep 1000; echo late > late.txt) & disown; exit 0");

        assertThat(patch.path("status").asText()).isEqualTo("succeeded");
        assertThat(patch.at("/receipt/ignored").toString()).contains("running; ended with the step");
        assertThat(ProcessHandle.allProcesses()
                        .filter(each -> each.info().commandLine().orElse("").contains("sleep 1000")))
                .isEmpty();
    }

    @Test
    void X33_X45_aCommandReachesNothingOutside() throws Exception {
        JsonNode patch = pair.sender().sendShell("curious", """
                cat /etc/shadow "%1$s/tokens/runner" "%1$s/tokens/submit" 2>/dev/null | grep . && exit 1
                ls -A /root 2>/dev/null | grep . && exit 2
                (exec 5<>/dev/tcp/127.0.0.1/%2$d) 2>/dev/null && exit 3
                touch /outside 2>/dev/null && exit 4
                cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep ^FERRY && exit 5
                exit 0""".formatted(
                        pair.home(), pair.sender().service().getPort()));

        assertThat(patch.path("status").asText()).as(patch.toPrettyString()).isEqualTo("succeeded");
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(Collections.nCopies(times, call))) {
                results.add(each.get());
            }
            return results;
        }
    }
}
