package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.process.ResourceMonitor;
import dev.patchferry.runner.workspace.HomeLayer;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** X42: where a part of the sandbox is missing or fails, nothing runs, the reason is told, and nobody waits. */
@Timeout(30)
class MissingSandboxTest {
    @TempDir
    Path folder;

    private final Processes processes = new Processes();
    private TemporaryWorkspace workspace;
    private OverlayTransaction transaction;
    private SandboxLauncher shell;
    private Path log;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder);
        transaction = workspace.begin();
        log = Files.createFile(folder.resolve("log"));
        shell = new SandboxLauncher(processes, Files.createDirectory(folder.resolve("scratch")));
    }

    @AfterEach
    void tearDown() {
        transaction.close();
    }

    @Test
    void X42_aMissingBubblewrap() throws IOException {
        assertThat(runConfinedBy(List.of("/nowhere/bwrap")))
                .contains("/nowhere/bwrap")
                .contains("not found");
    }

    @Test
    void X42_aFailingBubblewrap() throws IOException {
        assertThat(runConfinedBy(List.of("bwrap", "--no-such-option"))).contains("Unknown option --no-such-option");
    }

    @Test
    void X42_aSilentBubblewrap() throws IOException {
        assertThat(runConfinedBy(List.of("false"))).isEqualTo("the sandbox ended without a word");
    }

    @Test
    void X42_aMountThatFails() throws IOException {
        Path missing = transaction.upper().resolve("missing");

        assertThat(runConfinedBy(List.of("true"), missing)).contains("mount");
    }

    @Test
    void X42_doesNotTakeEarlierOutputForTheReason() throws IOException {
        Files.writeString(log, "output of an earlier step");

        assertThat(runConfinedBy(List.of("false"))).isEqualTo("the sandbox ended without a word");
    }

    @Test
    void X42_theSelfTestSaysWhatIsMissingAndWhatToDo() throws IOException {
        Path scratch = folder.resolve("scratch");
        try (Sandbox whole = Sandbox.full(processes, SandboxBench.SMALL, scratch, folder, List.of())) {
            assertThat(whole.unusable()).isEmpty();
        }

        try (Sandbox broken = Sandbox.full(processes, SandboxBench.SMALL, scratch, folder, List.of())) {
            Trees.delete(scratch);
            assertThat(broken.unusable())
                    .get()
                    .asString()
                    .contains("cannot be tested")
                    .contains("Install bubblewrap");
        }
    }

    private String runConfinedBy(List<String> confinement) throws IOException {
        return runConfinedBy(confinement, transaction.newWork());
    }

    private String runConfinedBy(List<String> confinement, Path work) throws IOException {
        Map<String, String> environment = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        HomeLayer home = transaction.home(workspace.workspace());
        SandboxSpec sandboxSpec = new SandboxSpec(
                Owner.ofThisProcess(),
                CommandGroups.NONE,
                workspace.root(),
                false,
                List.of(),
                List.of(),
                SandboxBench.SMALL,
                Optional.empty());
        CommandResult result;
        try (PreparedSandbox preparedSandbox = shell.prepare(
                this::mounts, Optional.empty(), Set.of(), sandboxSpec, (_, _) -> confinement, environment)) {
            result = shell.run(
                    preparedSandbox,
                    new Command("echo never", workspace.workspace(), transaction, log, Duration.ofSeconds(20)),
                    SandboxBench.SMALL,
                    new Overlay(transaction.lower(), transaction.upper(), work),
                    new Overlay(home.lower(), home.upper(), home.newWork()),
                    new Cancellation(),
                    ResourceMonitor.NONE);
        }
        assertThat(result).isInstanceOf(CommandResult.NoSandbox.class);
        shell.close();
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
        return ((CommandResult.NoSandbox) result).reason();
    }

    private CommandMounts mounts(RunFolder run) {
        return Owner.ofThisProcess().isRoot()
                ? new ThreadMountedCommand(run, false)
                : new ProgramMountedCommand(run, List.of("unshare", "--user", "--map-root-user", "--mount"));
    }
}
