package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.Workspace;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * No sandbox, as the owner explicitly asked for: commands run as the runner's user, in the workspace itself, and can do
 * whatever that user can. What a command leaves running is ended if it stayed in the command's session; a daemon that
 * did not and that still holds the output keeps the step open until its time is up.
 */
final class Unconfined implements Sandbox {
    private final SandboxLauncher shell;
    private final WorkspaceLimits limits;
    private final Map<String, String> environment;

    Unconfined(SandboxLauncher shell, WorkspaceLimits limits, Map<String, String> environment) {
        this.shell = shell;
        this.limits = limits;
        this.environment = environment;
    }

    @Override
    public CommandResult run(Command command, Cancellation cancellation) throws IOException {
        Limits own = limits.of(command.workspace().name());
        return shell.runAlone(command, own, command.environment(environment), cancellation);
    }

    @Override
    public Optional<String> unusable() {
        return Optional.empty();
    }

    @Override
    public String level() {
        return "none";
    }

    @Override
    public Enforced enforced(WorkspaceName workspace, String transaction, CommandGrants commandGrants) {
        return new Enforced(
                level(), transaction, "host", new LimitsInForce(limits.of(workspace)).alone(), Optional.empty());
    }

    @Override
    public void tidy(Workspace workspace) {
        // commands use the runner's own HOME, which is not ours to bound
    }

    @Override
    public void close() {
        // nothing waits
    }

    @Override
    public Limits limits(WorkspaceName workspace) {
        return limits.of(workspace);
    }
}
