package dev.patchferry.webhook.auth;

import dev.patchferry.contract.WorkspaceName;
import java.util.Optional;
import java.util.Set;

/**
 * Which workspaces somebody may use.
 *
 * @param only these; empty for all there are
 */
public record WorkspaceScope(Optional<Set<WorkspaceName>> only) {
    public static final WorkspaceScope EVERYWHERE = new WorkspaceScope(Optional.empty());

    public WorkspaceScope {
        only = only.map(Set::copyOf);
        if (only.filter(Set::isEmpty).isPresent()) {
            throw new IllegalArgumentException("a principal that may use no workspace can do nothing; leave it out");
        }
    }

    public boolean covers(WorkspaceName workspace) {
        return only.isEmpty() || only.get().contains(workspace);
    }
}
