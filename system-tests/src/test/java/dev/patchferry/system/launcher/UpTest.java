package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class UpTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String READY = "Ctrl-C stops.";

    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    UpTest() throws IOException {}

    @Test
    void saysWhereEverythingIsOnceBothAreReady() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);

            assertThat(up.out())
                    .contains(ferry.webhook().toString(), ferry.runner().toString())
                    .contains(
                            ferry.workspace().toString(),
                            ferry.home().resolve("tokens/").toString());
        }
    }

    @Test
    void printsAFirstPatchWithAFreshIdAndNoSecret() throws Exception {
        try (RunningCommand up =
                ferry.launcher().with("FERRY_SUBMIT_TOKEN", "a-token-of-my-own").start("up")) {
            up.awaitSaying(READY, SOON);

            assertThat(up.out())
                    .containsPattern("curl -sS 'http://127.0.0.1:" + ferry.webhookPort() + "/webhook\\?wait=25'")
                    .containsPattern("\"id\":\"hello-\\d{8}-\\d{6}-[0-9a-f]{6}\"")
                    .contains("printf 'Authorization: Bearer %s\\n' \"$FERRY_SUBMIT_TOKEN\" | curl")
                    .doesNotContain("a-token-of-my-own");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aSignalStopsBothAndEndsWell(String signal) throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);
            ProcessHandle webhook = ferry.process("webhook").orElseThrow();
            ProcessHandle runner = ferry.process("runner").orElseThrow();

            up.signal(signal);

            assertThat(up.awaitEnd(SOON).exitCode()).isZero();
            assertThat(webhook.isAlive()).isFalse();
            assertThat(runner.isAlive()).isFalse();
        }
    }

    @Test
    void aSecondOneSaysWhatRunsAndLeavesItAlone() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);
            long webhook = ferry.process("webhook").orElseThrow().pid();

            Command.Result second = ferry.launcher().run("up");

            assertThat(second.exitCode()).isZero();
            assertThat(second.err()).contains("webhook is already running: PID " + webhook + ", " + ferry.webhook());
            assertThat(ferry.process("webhook")).map(ProcessHandle::pid).contains(webhook);
        }
    }

    @Test
    void theServicesCanBeStartedOneByOne() throws Exception {
        try (RunningCommand webhook = ferry.launcher().start("up", "webhook")) {
            webhook.awaitSaying("it is stored now and runs once a runner is there", SOON);

            try (RunningCommand runner = ferry.launcher().start("up", "runner")) {
                runner.awaitSaying(READY, SOON);

                assertThat(ferry.launcher().run("status").exitCode()).isZero();
            }
        }
    }

    @Test
    void stopFromAnotherTerminalEndsItEvenBeforeItIsReady() throws Exception {
        Files.createFile(Files.createDirectories(ferry.home()).resolve("fake-unready"));
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying("the kernel forbids user namespaces", SOON);

            Command.Result stop = ferry.launcher().run("stop");

            assertThat(stop.exitCode()).isZero();
            assertThat(stop.err()).contains("runner has stopped", "webhook has stopped");
            assertThat(up.awaitEnd(SOON).exitCode()).isZero();
        }
    }

    @Test
    void theServicesStayWhenNobodyReadsWhatItPrints() throws Exception {
        Command piped = Command.of(
                ferry.launcher().environment(),
                ferry.folder(),
                "sh",
                "-c",
                "'%s/ferry' up | head -n 2".formatted(fake.root()));
        try (RunningCommand up = piped.start()) {
            up.awaitSaying("Patch Ferry is ready.", SOON);
            up.awaitSaying("webhook is ready", SOON);

            assertThat(ferry.launcher().run("status").exitCode()).isZero();
            assertThat(ferry.launcher().run("stop").err()).contains("webhook has stopped");
        }
    }
}
