package dev.patchferry.webhook.application;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.auth.Principal;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.auth.WorkspaceScope;
import dev.patchferry.webhook.store.ActivityEvent;
import dev.patchferry.webhook.store.Sender;
import dev.patchferry.webhook.store.StoredPatch;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who proved who they are.
 *
 * @param principal whose patches are theirs
 * @param reach the workspaces that they may use; what is in another does not exist for them
 */
public record Caller(String principal, Set<String> roles, WorkspaceScope reach) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public static Caller of(SecurityIdentity identity) {
        return of(Principal.of(identity));
    }

    public static Caller of(Principal principal) {
        return new Caller(principal.name(), principal.roles(), principal.reach());
    }

    public boolean maySee(StoredPatch patch) {
        return maySee(patch.workspace(), patch.principal());
    }

    /** The same of something that happened to a patch. */
    public boolean maySee(ActivityEvent.Changed changed) {
        return maySee(changed.workspace(), changed.principal());
    }

    private boolean maySee(WorkspaceName workspace, String sender) {
        return reach.covers(workspace) && (seesAll() || sender.equals(principal));
    }

    public boolean mayChange(StoredPatch patch) {
        return roles.contains(Roles.OPERATE) || patch.principal().equals(principal);
    }

    /** The only principal whose patches the caller sees; empty if it sees all. */
    public Optional<String> onlyPrincipal() {
        return seesAll() ? Optional.empty() : Optional.of(principal);
    }

    /** As the runner is told of it: whoever sends may read, which decides nothing there. */
    public Sender asSender() {
        return new Sender(
                principal,
                roles.stream().filter(role -> !role.equals(Roles.READ)).toList());
    }

    private boolean seesAll() {
        return roles.contains(Roles.VIEW);
    }
}
