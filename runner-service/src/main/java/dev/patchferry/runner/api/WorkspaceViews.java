package dev.patchferry.runner.api;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.contract.WorkspaceView;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.queue.WorkspaceWorkers;
import dev.patchferry.runner.sandbox.Limits;
import dev.patchferry.runner.sandbox.Sandbox;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The workspaces as seen from outside: which there are, and whether a patch could run in them now. */
@Singleton
public class WorkspaceViews {
    private final Workspaces workspaces;
    private final Sandbox sandbox;
    private final Journal journal;
    private final WorkspaceWorkers workspaceWorkers;

    private final Policies policies;

    WorkspaceViews(
            Workspaces workspaces,
            Sandbox sandbox,
            Journal journal,
            WorkspaceWorkers workspaceWorkers,
            Policies policies) {
        this.policies = policies;
        this.workspaces = workspaces;
        this.sandbox = sandbox;
        this.journal = journal;
        this.workspaceWorkers = workspaceWorkers;
    }

    Optional<Workspace> named(WorkspaceName name) {
        return workspaces.named(name);
    }

    public List<WorkspaceView> all() {
        return workspaces.all().stream().map(this::view).toList();
    }

    /** What is wrong with the sandbox. */
    Optional<String> sandboxFailure() {
        return sandbox.unusable();
    }

    /** What keeps patches from running in any workspace: the sandbox, or where the runner keeps its state. */
    public Optional<String> nothingRuns() {
        return workspaces.unusableEverywhere().or(sandbox::unusable);
    }

    public String sandboxLevel() {
        return sandbox.level();
    }

    /** What keeps patches from running in a workspace now, with its remedy. */
    Optional<String> unusable(Workspace workspace) {
        return workspaces.unusable(workspace).or(sandbox::unusable);
    }

    /** What a patch in it may use up. */
    Limits limits(Workspace workspace) {
        return sandbox.limits(workspace.name());
    }

    private WorkspaceView view(Workspace workspace) {
        Optional<String> reason = unusable(workspace);
        return new WorkspaceView(
                workspace.name(),
                workspace.root().toString(),
                reason.isEmpty(),
                reason,
                workspaceWorkers.running(workspace.name()),
                journal.waiting(workspace.name()),
                sandbox.level(),
                workspace.surroundings().network(),
                workspace.surroundings().read().stream().map(Path::toString).toList(),
                workspace.surroundings().variables(),
                policies.of(workspace.name()).otherwise(),
                policies.of(workspace.name()).written(),
                limits(workspace).values());
    }
}
