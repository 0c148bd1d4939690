package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.Enforced;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Processes;
import dev.patchferry.runner.workspace.Owner;
import dev.patchferry.runner.workspace.Surroundings;
import dev.patchferry.runner.workspace.Workspace;
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
    static Sandbox full(Processes processes, Limits limits, Path scratch, Path state, List<Path> workspaces)
            throws IOException {
        SystemView system = SystemView.ofThisMachine(state, workspaces);
        return full(processes, limits, scratch, ControlGroups.find(), Restrictions.probe(), system);
    }

    /** The same with these control groups, or none, these restrictions, and this view of the machine. */
    static Sandbox full(
            Processes processes,
            Limits limits,
            Path scratch,
            Optional<ControlGroups> groups,
            Restrictions restrictions,
            SystemView system)
            throws IOException {
        return new Bubblewrap(
                new CommandShell(processes, limits, scratch),
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
    static Sandbox none(Processes processes, Limits limits, Path scratch, Map<String, String> environment) {
        return new Unconfined(new CommandShell(processes, limits, scratch), limits, environment);
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
     * @param surroundings what commands got beyond their workspace
     */
    Enforced enforced(String transaction, Surroundings surroundings);

    Limits limits();

    /** Between patches: keeps within bounds what the workspace's commands leave for the next ones. */
    void tidy(Workspace workspace);

    /** Ends what waits for further commands. */
    @Override
    void close();
}
