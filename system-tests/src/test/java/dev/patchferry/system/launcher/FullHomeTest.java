package dev.patchferry.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The disk that holds FERRY_HOME has no room: {@code /dev/full} in the place of a file refuses what is written to it. */
@Tag("launcher")
@Execution(ExecutionMode.CONCURRENT)
class FullHomeTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @AutoClose
    private final FakeCheckout fake = FakeCheckout.create();

    private final Ferry ferry = fake.ferry();

    FullHomeTest() throws IOException {}

    @Test
    void upSaysThatNothingCanBeWritten() throws Exception {
        full("webhook.supervisor.new");

        Command.Result up = ferry.launcher().run("up", "webhook");

        assertThat(up.exitCode()).isEqualTo(73);
        assertThat(up.err())
                .contains("FERRY_HOME (" + ferry.home() + ") cannot be written to", "make room there")
                .doesNotContain("already");
    }

    @Test
    void aLockFileThatCannotBeMadeIsNamed() throws Exception {
        Files.createDirectories(run().resolve("webhook.lock"));

        Command.Result up = ferry.launcher().run("up", "webhook");

        assertThat(up.exitCode()).isEqualTo(73);
        assertThat(up.err()).contains(run().resolve("webhook.lock") + " cannot be written");
    }

    @Test
    void aServiceThatDiesIsStartedAgainWithoutRoomForRecords() throws Exception {
        try (RunningCommand up = ferry.launcher().start("up", "webhook")) {
            up.awaitSaying("Ctrl-C stops.", SOON);
            ProcessHandle first = ferry.process("webhook").orElseThrow();
            Files.createDirectories(run().resolve("webhook.deaths"));
            full("webhook.pid.new");

            first.destroyForcibly();

            await().atMost(SOON).until(this::answers);
            assertThat(up.err()).contains("FERRY_HOME (" + ferry.home() + ") cannot be written to");
            assertThat(ferry.supervisor("webhook")).isPresent();
        }
    }

    private boolean answers() throws IOException {
        return Command.of(
                                Environment.plain(),
                                Path.of("/"),
                                "curl",
                                "-fsS",
                                "--noproxy",
                                "*",
                                ferry.webhook() + "/q/health/ready")
                        .run()
                        .exitCode()
                == 0;
    }

    private void full(String name) throws IOException {
        Files.deleteIfExists(Files.createDirectories(run()).resolve(name));
        Files.createSymbolicLink(run().resolve(name), Path.of("/dev/full"));
    }

    private Path run() {
        return ferry.home().resolve("run");
    }
}
