package dev.patchferry.runner.sandbox;

import dev.patchferry.contract.WorkspaceName;
import java.util.Map;

/**
 * The limits of every workspace.
 *
 * @param set those of workspaces that have their own
 * @param otherwise those of all others
 */
public record WorkspaceLimits(Map<WorkspaceName, Limits> set, Limits otherwise) {
    public WorkspaceLimits {
        set = Map.copyOf(set);
    }

    /** The same in every workspace. */
    static WorkspaceLimits everywhere(Limits limits) {
        return new WorkspaceLimits(Map.of(), limits);
    }

    /** The limits of a workspace, which name its settings. */
    public Limits of(WorkspaceName workspace) {
        return set.getOrDefault(workspace, otherwise).in(workspace);
    }
}
