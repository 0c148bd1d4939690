package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Pause;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class OutagesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String AWAIT_GO = Pause.command("it");

    @Test
    void aPatchSentWhileTheRunnerIsDownRunsOnceItIsUp() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand webhook = pair.up("webhook")) {
            Sender.Answer sent = pair.sender()
                    .post(
                            "/webhook",
                            Sender.shell("early", "echo in time > early.txt").toString());
            assertThat(sent.status()).isEqualTo(202);
            assertThat(pair.sender().read("/q/health/ready").path("status").asText())
                    .isEqualTo("UP");
            JsonNode waiting = await().atMost(SOON)
                    .until(() -> pair.sender().read("/patches/early"), patch -> patch.has("runner_away_since"));
            assertThat(waiting.path("reason").asText()).contains("gives no answer since 20", "next attempt");
            assertThat(waiting.path("next").asText()).contains("tell the person", "in a few minutes");

            try (RunningCommand runner = pair.up("runner")) {
                assertThat(end(pair, "early").path("status").asText()).isEqualTo("succeeded");
                assertThat(end(pair, "early").has("runner_away_since")).isFalse();
                assertThat(pair.file("early.txt")).hasContent("in time\n");
                assertThat(runner.isAlive() && webhook.isAlive()).isTrue();
            }
        }
    }

    @Test
    void whatEndedWhileTheWebhookWasDownIsKnownAfterItsRestart() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand runner = pair.up("runner")) {
            try (RunningCommand webhook = pair.up("webhook")) {
                pair.sender()
                        .post(
                                "/webhook",
                                Sender.shell("meanwhile", AWAIT_GO + "echo done > done.txt")
                                        .toString());
                await().atMost(SOON)
                        .until(() -> pair.sender()
                                .read("/patches/meanwhile")
                                .path("status")
                                .asText()
                                .equals("running"));
                await().atMost(SOON).until(pair.pause("it")::hasBegun);
                webhook.signal("TERM");
                webhook.awaitEnd(SOON);
            }
            pair.pause("it").letGo();
            await().atMost(SOON).until(() -> Files.exists(pair.file("done.txt")));

            try (RunningCommand webhook = pair.up("webhook")) {
                assertThat(end(pair, "meanwhile").path("status").asText()).isEqualTo("succeeded");
                assertThat(webhook.isAlive() && runner.isAlive()).isTrue();
            }
        }
    }

    @Test
    void S3_aRunnerKilledInTheMiddleLeavesThePatchInterruptedAndRolledBack() throws Exception {
        try (RunningPair pair = new RunningPair();
                RunningCommand up = pair.up()) {
            pair.sender()
                    .post(
                            "/webhook",
                            Sender.shell("cut", "echo half > half.txt; " + AWAIT_GO)
                                    .toString());
            await().atMost(SOON)
                    .until(() -> pair.sender()
                            .read("/patches/cut")
                            .path("status")
                            .asText()
                            .equals("running"));
            ProcessHandle runner = pair.process("runner");

            runner.destroyForcibly();
            runner.onExit().get(10, TimeUnit.SECONDS);

            JsonNode patch = end(pair, "cut");
            assertThat(patch.path("status").asText()).isEqualTo("interrupted");
            assertThat(patch.path("reason").asText()).contains("rolled back");
            assertThat(pair.file("half.txt")).doesNotExist();
            assertThat(pair.sender()
                            .sendShell("next", "echo next > next.txt")
                            .path("status")
                            .asText())
                    .isEqualTo("succeeded");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void aRestartKnowsEveryPatch() throws Exception {
        try (RunningPair pair = new RunningPair()) {
            try (RunningCommand up = pair.up()) {
                pair.sender().sendShell("kept", "echo kept > kept.txt");
                up.signal("INT");
                assertThat(up.awaitEnd(SOON).exitCode()).isZero();
            }
            try (RunningCommand up = pair.up()) {
                assertThat(pair.sender().read("/patches/kept").path("status").asText())
                        .isEqualTo("succeeded");
                assertThat(up.isAlive()).isTrue();
            }
        }
    }

    private static JsonNode end(RunningPair pair, String id) {
        return await().atMost(SOON)
                .until(
                        () -> pair.sender().read("/patches/" + id),
                        patch -> patch.path("terminal").asBoolean());
    }
}
