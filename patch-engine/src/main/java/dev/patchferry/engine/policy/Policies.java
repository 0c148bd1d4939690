package dev.patchferry.engine.policy;

import dev.patchferry.contract.WorkspaceName;
import java.util.Map;

/** The policy of each workspace; one that is not named here allows everything. */
public record Policies(Map<WorkspaceName, Policy> byWorkspace) {
    public static final Policies NONE = new Policies(Map.of());

    public Policies {
        byWorkspace = Map.copyOf(byWorkspace);
    }

    public Policy of(WorkspaceName workspace) {
        return byWorkspace.getOrDefault(workspace, Policy.ALLOW);
    }
}
