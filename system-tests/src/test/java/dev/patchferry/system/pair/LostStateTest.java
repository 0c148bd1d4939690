package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Pause;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The runner loses what it knew under a running webhook: nothing runs twice, and nobody waits for ever. */
@Tag("system")
class LostStateTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String AWAIT_GO = Pause.command("it");

    @Test
    void aDeletedJournalEndsWhatWasUnderWay() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand webhook = pair.up("webhook")) {
            try (RunningCommand runner = pair.up("runner")) {
                pair.sender().sendShell("before", "echo before >> ledger.txt");
                post(pair, "cut", "echo cut >> ledger.txt; " + AWAIT_GO);
                post(pair, "behind", "echo behind >> ledger.txt");
                awaitBegun(pair);
                end(pair, runner);
            }
            command("rm", "-rf", pair.home().resolve("runner").toString());

            try (RunningCommand runner = pair.up("runner")) {
                assertThat(end(pair, "cut").path("status").asText()).isEqualTo("interrupted");
                assertThat(end(pair, "cut").path("reason").asText()).startsWith("runner_state_lost");
                assertThat(end(pair, "behind").path("status").asText()).isEqualTo("interrupted");
                assertThat(pair.sender()
                                .sendShell("after", "echo after >> ledger.txt")
                                .path("status")
                                .asText())
                        .isEqualTo("succeeded");
                assertThat(pair.file("ledger.txt")).hasContent("before\nafter");
                assertThat(runner.isAlive() && webhook.isAlive()).isTrue();
            }
        }
    }

    @Test
    void whatWaitedInARestoredJournalDoesNotRunAgain() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand webhook = pair.up("webhook")) {
            Path backup = pair.home().resolve("backup");
            try (RunningCommand runner = pair.up("runner")) {
                post(pair, "ran", AWAIT_GO + "echo ran >> ledger.txt");
                post(pair, "waited", "echo waited >> ledger.txt");
                awaitBegun(pair);
                await().atMost(SOON).until(() -> status(pair, "waited").equals("queued"));
                command("cp", "-a", pair.home().resolve("runner").toString(), backup.toString());
                pair.pause("it").letGo();
                assertThat(end(pair, "waited").path("status").asText()).isEqualTo("succeeded");
                post(pair, "since", "echo since >> ledger.txt; " + Pause.command("end"));
                await().atMost(SOON).until(() -> status(pair, "since").equals("running"));
                end(pair, runner);
            }
            command("rm", "-rf", pair.home().resolve("runner").toString());
            command("mv", backup.toString(), pair.home().resolve("runner").toString());

            try (RunningCommand runner = pair.up("runner")) {
                JsonNode since = end(pair, "since");
                assertThat(since.path("status").asText()).as(since.toString()).isEqualTo("interrupted");
                assertThat(end(pair, "ran").path("status").asText()).isEqualTo("succeeded");
                assertThat(pair.sender()
                                .sendShell("after", "echo after >> ledger.txt")
                                .path("status")
                                .asText())
                        .isEqualTo("succeeded");
                assertThat(pair.file("ledger.txt")).hasContent("ran\nwaited\nafter");
                assertThat(pair.home().resolve("runner/patches/.failed/waited.receipt.json"))
                        .content()
                        .contains("runner_restored");
                assertThat(runner.isAlive() && webhook.isAlive()).isTrue();
            }
        }
    }

    private static void post(RunningPair pair, String id, String command) throws Exception {
        assertThat(pair.sender()
                        .post("/webhook", Sender.shell(id, command).toString())
                        .status())
                .isEqualTo(202);
    }

    private static void awaitBegun(RunningPair pair) {
        await().atMost(SOON).until(pair.pause("it")::hasBegun);
    }

    /** As a crash would, launcher and all. */
    private static void end(RunningPair pair, RunningCommand launcher) throws Exception {
        ProcessHandle runner = pair.process("runner");
        launcher.killSparing(runner);
        runner.destroyForcibly();
        runner.onExit().get(10, TimeUnit.SECONDS);
    }

    private static String status(RunningPair pair, String id) throws Exception {
        return pair.sender().read("/patches/" + id).path("status").asText();
    }

    private static JsonNode end(RunningPair pair, String id) {
        return await().atMost(SOON)
                .until(
                        () -> pair.sender().read("/patches/" + id),
                        patch -> patch.path("terminal").asBoolean());
    }

    private static void command(String... line) throws IOException {
        assertThat(Command.of(Environment.plain(), Path.of("/"), line).run().exitCode())
                .isZero();
    }
}
