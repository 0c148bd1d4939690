package dev.patchferry.runner.sandbox;

import static org.awaitility.Awaitility.await;

import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The real sandbox over a workspace of a test's own. */
final class SandboxBench implements AutoCloseable {
    static final Limits SMALL = new Limits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            1 << 20,
            8 << 20,
            256,
            1L << 30,
            4 << 20,
            64 << 20,
            5_000,
            64 << 20);

    final TemporaryWorkspace workspace;
    final OverlayTransaction transaction;
    final Path log;
    private final Processes processes = new Processes();
    private final Sandbox sandbox;

    SandboxBench(Path folder) throws IOException {
        this(folder, SMALL, ControlGroups.find());
    }

    SandboxBench(Path folder, Restrictions restrictions) throws IOException {
        this(folder, SMALL, ControlGroups.find(), restrictions, thisMachine(folder));
    }

    SandboxBench(Path folder, Limits limits, Optional<ControlGroups> groups) throws IOException {
        this(folder, limits, groups, thisMachine(folder));
    }

    SandboxBench(Path folder, Limits limits, Optional<ControlGroups> groups, SystemView system) throws IOException {
        this(folder, limits, groups, Restrictions.probe(), system);
    }

    private SandboxBench(
            Path folder, Limits limits, Optional<ControlGroups> groups, Restrictions restrictions, SystemView system)
            throws IOException {
        this.workspace = TemporaryWorkspace.in(folder);
        this.transaction = workspace.begin();
        this.log = Files.createFile(folder.resolve("log"));
        this.sandbox = Sandbox.full(
                processes,
                WorkspaceLimits.everywhere(limits),
                Files.createDirectory(folder.resolve("scratch")),
                groups,
                restrictions,
                system);
    }

    private static SystemView thisMachine(Path folder) throws IOException {
        return SystemView.ofThisMachine(folder.resolve("home"), List.of());
    }

    /** Runs a command to its end. */
    CommandResult.Ran run(String command) throws IOException {
        return run(command, SMALL.step(), new Cancellation());
    }

    CommandResult.Ran run(String command, CommandGrants commandGrants) throws IOException {
        return run(
                new Command(command, workspace.workspace(), transaction, log, SMALL.step(), commandGrants),
                new Cancellation());
    }

    CommandResult.Ran run(String command, Duration limit, Cancellation cancellation) throws IOException {
        return run(new Command(command, workspace.workspace(), transaction, log, limit), cancellation);
    }

    /** Runs a command, whatever comes of it. */
    CommandResult result(String command, CommandGrants commandGrants) throws IOException {
        return sandbox.run(
                new Command(command, workspace.workspace(), transaction, log, SMALL.step(), commandGrants),
                new Cancellation());
    }

    private CommandResult.Ran run(Command command, Cancellation cancellation) throws IOException {
        CommandResult result = sandbox.run(command, cancellation);
        return switch (result) {
            case CommandResult.Ran ran -> ran;
            case CommandResult.Escaped() -> throw new AssertionError("a descriptor escaped");
            case CommandResult.NoSandbox(String reason) -> throw new AssertionError("no sandbox: " + reason);
        };
    }

    /** Waits until a shell waits in the sandbox of the next command. */
    void awaitPrepared() {
        await().until(() -> ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::info)
                .anyMatch(process ->
                        process.command().filter(name -> name.endsWith("sh")).isPresent()
                                && process.arguments()
                                        .filter(arguments ->
                                                arguments.length > 1 && arguments[1].equals(ShellPrograms.INNER))
                                        .isPresent()));
    }

    /** What the commands wrote so far. */
    String output() throws IOException {
        return PatchLogs.tail(log, 1 << 20);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    @Override
    public void close() {
        transaction.close();
        sandbox.close();
    }
}
