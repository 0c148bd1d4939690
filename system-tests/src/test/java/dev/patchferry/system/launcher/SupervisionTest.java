package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class SupervisionTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String READY = "Ctrl-C stops.";

    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    SupervisionTest() throws IOException {}

    @Test
    void startsAgainWhatDies() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);
            ProcessHandle first = ferry.process("runner").orElseThrow();

            first.destroyForcibly();

            up.awaitSaying("runner was ended by signal KILL; starting it again in 1 s", SOON);
            await().atMost(SOON).until(() -> ferry.launcher().run("status").exitCode() == 0);
            assertThat(ferry.process("runner")).map(ProcessHandle::pid).isNotEqualTo(first.pid());
        }
    }

    @Test
    void aServiceThatCannotStartIsGivenUpWithTheEndOfItsLog() throws Exception {
        Files.createFile(Files.createDirectories(ferry.home()).resolve("fake-dies"));

        Command.Result up = ferry.launcher().run("up", "runner");

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err())
                .contains("runner ended with exit code 7; starting it again in 1 s", "starting it again in 2 s")
                .contains("runner died 3 times before it was ready")
                .contains("  | cannot start: the fake configuration is broken");
    }

    @Test
    void aServiceThatRefusesItsSettingsIsGivenUpAtOnce() throws Exception {
        Files.createFile(Files.createDirectories(ferry.home()).resolve("fake-refuses"));

        Command.Result up = ferry.launcher().run("up", "runner");

        assertThat(up.exitCode()).isEqualTo(78);
        assertThat(up.err())
                .contains(
                        "runner refuses to start",
                        "  | the runner does not start: another runner works in the workspace")
                .doesNotContain("died 3 times");
    }

    @Test
    void aServiceEndsWhenItHasNoMemoryLeft() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying(READY, SOON);

            for (String service : List.of("webhook", "runner")) {
                assertThat(ferry.process(service).orElseThrow().info().arguments())
                        .hasValueSatisfying(arguments -> assertThat(arguments).contains("-XX:+ExitOnOutOfMemoryError"));
            }
        }
    }

    @Test
    void quotesWhyAServiceIsNotReady() throws Exception {
        Path marker = Files.createFile(Files.createDirectories(ferry.home()).resolve("fake-unready"));
        try (RunningCommand up = ferry.launcher().start("up")) {
            up.awaitSaying("the kernel forbids user namespaces", SOON);
            assertThat(ferry.launcher().run("status").exitCode()).isEqualTo(1);

            Files.delete(marker);

            up.awaitSaying(READY, SOON);
        }
    }

    @Test
    void takesOverWhatAKilledLauncherLeftBehind() throws Exception {
        ProcessHandle orphan;
        try (RunningCommand up = ferry.launcher().start("up", "webhook")) {
            up.awaitSaying(READY, SOON);
            orphan = ferry.process("webhook").orElseThrow();
            up.killSparing(orphan);
        }
        assertThat(orphan.isAlive()).isTrue();

        try (RunningCommand up = ferry.launcher().start("up", "webhook")) {
            up.awaitSaying("was left over by a launcher that was killed", SOON);
            up.awaitSaying(READY, SOON);

            await().atMost(SOON).until(() -> !orphan.isAlive());
        }
    }

    @Test
    void aPidFileOfAnotherProcessIsNotBelieved() throws Exception {
        Path run = Files.createDirectories(ferry.home().resolve("run"));
        Files.writeString(
                run.resolve("webhook.pid"), ProcessHandle.current().pid() + "\n1@somewhen\nhttp://x\nlong ago\n");

        Command.Result status = ferry.launcher().run("status");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.out()).contains("webhook   not running");
    }
}
