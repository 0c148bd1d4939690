package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands so that they reach what they may and nothing else. Safe for use by several threads. */
public sealed interface Sandbox extends AutoCloseable permits Bubblewrap, Unconfined {
    /**
     * The sandbox every patch runs in.
     *
     * @param scratch a folder of the runner's own, on a real file system
     * @param state what no command sees: all that the runner and its neighbours keep
     * @param workspaces folders of which a command sees its own only
     */
    static Sandbox full(Processes processes, WorkspaceLimits limits, Path scratch, Path state, List<Path> workspaces)
            throws IOException {
        SystemView system = SystemView.ofThisMachine(state, workspaces);
        return full(processes, limits, scratch, ControlGroups.find(), Restrictions.probe(), system);
    }

    /** The same with one set of limits for all workspaces. */
    static Sandbox full(Processes processes, Limits limits, Path scratch, Path state, List<Path> workspaces)
            throws IOException {
        return full(processes, WorkspaceLimits.everywhere(limits), scratch, state, workspaces);
    }

    /** The same with these control groups, or none, these restrictions, and this view of the machine. */
    static Sandbox full(
            Processes processes,
            WorkspaceLimits limits,
            Path scratch,
            Optional<ControlGroups> groups,
            Restrictions restrictions,
            SystemView system)
            throws IOException {
        return new Bubblewrap(
                new SandboxLauncher(processes, scratch),
                limits,
                groups,
                restrictions,
                Owner.ofThisProcess(),
                system,
                Files.createDirectories(scratch.resolve("standing")),
                new SelfTest(scratch));
    }

    /**
     * No sandbox, where the owner explicitly asked for that.
     *
     * @param environment what commands find in theirs
     */
    static Sandbox none(Processes processes, WorkspaceLimits limits, Path scratch, Map<String, String> environment) {
        return new Unconfined(new SandboxLauncher(processes, scratch), limits, environment);
    }

    /** The same with one set of limits for all workspaces. */
    static Sandbox none(Processes processes, Limits limits, Path scratch, Map<String, String> environment) {
        return none(processes, WorkspaceLimits.everywhere(limits), scratch, environment);
    }

    /**
     * Runs a command to its end; when this returns, nothing that it started is alive.
     *
     * @throws IOException if the runner's own files cannot be written
     */
    CommandResult run(Command command, Cancellation cancellation) throws IOException;

    /** Why commands cannot be confined here, with the remedy, if they cannot. */
    Optional<String> unusable();

    /** {@code full} or {@code none}. */
    String level();

    /**
     * What a receipt says was enforced.
     *
     * @param transaction {@code overlay} or {@code none}
     * @param commandGrants what commands got beyond their workspace
     */
    Enforced enforced(WorkspaceName workspace, String transaction, CommandGrants commandGrants);

    /** The same in the workspace {@code default}. */
    default Enforced enforced(String transaction, CommandGrants commandGrants) {
        return enforced(WorkspaceName.DEFAULT, transaction, commandGrants);
    }

    /** What a patch in this workspace may use up. */
    Limits limits(WorkspaceName workspace);

    /** Between patches: keeps within bounds what the workspace's commands leave for the next ones. */
    void tidy(Workspace workspace);

    /** Ends what waits for further commands. */
    @Override
    void close();
}
