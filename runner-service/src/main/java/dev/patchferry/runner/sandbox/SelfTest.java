package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.commit.UndoBounds;
import dev.patchferry.runner.workspace.commit.UndoSpace;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs the real command shape in a small workspace of its own: what it does must show in the transaction and nowhere
 * else. The answer is kept; a failure is tried again when asked, so that a remedied machine becomes ready by itself.
 */
final class SelfTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String REMEDY = " Patch Ferry needs bubblewrap and unprivileged user namespaces."
            + " Install bubblewrap; on Ubuntu 24.04 and newer run"
            + " `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` or give bwrap an AppArmor profile;"
            + " in a container use the seccomp and systempaths settings of docker-compose.yml.";

    private final Path scratch;
    private boolean passed;

    /** How a sandbox runs a command. */
    interface Shell {
        CommandResult run(Command command, Cancellation cancellation) throws IOException;
    }

    SelfTest(Path scratch) {
        this.scratch = scratch;
    }

    /** Why the sandbox does not work here, with the remedy; empty once it has worked. */
    synchronized Optional<String> failure(Shell sandbox) {
        if (passed) {
            return Optional.empty();
        }
        try {
            Optional<String> failure = test(sandbox);
            passed = failure.isEmpty();
            return failure.map(reason -> reason + "." + REMEDY);
        } catch (IOException e) {
            return Optional.of("the sandbox cannot be tested: " + e.getMessage() + "." + REMEDY);
        }
    }

    private Optional<String> test(Shell sandbox) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "self-test");
        try {
            Path root = Files.createDirectory(folder.resolve("workspace"));
            Path home = Files.createDirectory(folder.resolve("home"));
            Path transactions = Files.createDirectory(folder.resolve("tx"));
            Path log = Files.createFile(folder.resolve("log"));
            Workspace workspace = new Workspace(new WorkspaceName("self-test"), root, home, Optional.empty());
            Workspaces workspaces = new Workspaces(
                    List.of(workspace),
                    transactions,
                    transactions,
                    new UndoSpace(folder.resolve("undo"), UndoBounds.DEFAULT, Clock.systemUTC()),
                    true);
            try (Transaction transaction = workspaces.begin(workspace, "1")) {
                Command command = new Command("echo made > proof", workspace, transaction, log, LIMIT);
                return switch (sandbox.run(command, new Cancellation())) {
                    case CommandResult.NoSandbox(String reason) -> Optional.of("the sandbox does not start: " + reason);
                    case CommandResult.Escaped() -> Optional.of("the sandbox does not close: its overlay stays in use");
                    case CommandResult.Ran(Exit exit, int _, long _, Optional<String> _) ->
                        judge(exit, transaction, root, log);
                };
            }
        } finally {
            Trees.delete(folder);
        }
    }

    private static Optional<String> judge(Exit exit, Transaction transaction, Path root, Path log) throws IOException {
        if (!exit.equals(new Exit.Ended(0))) {
            return Optional.of(
                    "a command in the sandbox fails: " + Files.readString(log).strip());
        }
        if (Files.exists(root.resolve("proof")) || transaction.changes().isEmpty()) {
            return Optional.of("a command's changes do not go into the transaction");
        }
        return Optional.empty();
    }
}
