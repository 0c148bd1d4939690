package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What remains without a sandbox, where the owner asked for none. */
@Timeout(30)
class UnconfinedTest {
    @TempDir
    Path folder;

    private final Processes processes = new Processes();
    private TemporaryWorkspace workspace;
    private Transaction transaction;
    private Sandbox sandbox;
    private Path log;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder);
        transaction = new Workspaces(
                        List.of(workspace.workspace()),
                        workspace.transactions(),
                        workspace.transactions(),
                        workspace.undoSpace(),
                        false)
                .begin(workspace.workspace(), "1");
        log = Files.createFile(folder.resolve("log"));
        sandbox = Sandbox.none(
                processes,
                SandboxBench.SMALL,
                Files.createDirectory(folder.resolve("scratch")),
                Map.of("PATH", "/usr/bin:/bin"));
    }

    @AfterEach
    void tearDown() {
        transaction.close();
    }

    @Test
    void commandsChangeTheWorkspaceItself() throws IOException {
        assertThat(run("echo out; printf x > a.txt; exit 5", Duration.ofSeconds(20)))
                .isEqualTo(new Exit.Ended(5));

        assertThat(workspace.content()).containsExactly("rw-r--r-- a.txt \"x\"");
        assertThat(PatchLogs.tail(log, 100)).isEqualTo("out\n");
    }

    @Test
    void X1_whatACommandLeavesInItsSessionIsEndedWithIt() throws IOException {
        Marker marker = Marker.unique();

        assertThat(run("sleep " + marker + " & exit 0", Duration.ofSeconds(20))).isEqualTo(new Exit.Ended(0));

        assertThat(marker.alive()).isEmpty();
    }

    @Test
    void X6_aCommandEndsWithItsTime() throws IOException {
        Marker marker = Marker.unique();

        assertThat(run("sleep " + marker, Duration.ofMillis(500))).isEqualTo(new Exit.TimedOut());

        assertThat(marker.alive()).isEmpty();
    }

    private Exit run(String text, Duration limit) throws IOException {
        CommandResult result =
                sandbox.run(new Command(text, workspace.workspace(), transaction, log, limit), new Cancellation());
        return ((CommandResult.Ran) result).exit();
    }
}
