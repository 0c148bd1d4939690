package dev.patchferry.webhook.view;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.Sender;
import dev.patchferry.webhook.store.StoredPatch;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who proved who they are.
 *
 * @param principal whose patches are theirs
 */
public record Caller(String principal, Set<String> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public static Caller of(SecurityIdentity identity) {
        return new Caller(identity.getPrincipal().getName(), identity.getRoles());
    }

    public boolean maySee(StoredPatch patch) {
        return seesAll() || patch.principal().equals(principal);
    }

    public boolean mayChange(StoredPatch patch) {
        return roles.contains(Roles.OPERATE) || patch.principal().equals(principal);
    }

    /** The only principal whose patches the caller sees; empty if it sees all. */
    public Optional<String> onlyPrincipal() {
        return seesAll() ? Optional.empty() : Optional.of(principal);
    }

    public Sender asSender() {
        return new Sender(principal, List.copyOf(roles));
    }

    /**
     * A patch that this caller asked for by id.
     *
     * @throws ProblemException 404 if there is none, and the same 404 if it is somebody else's
     */
    public StoredPatch visible(Optional<StoredPatch> patch, PatchId id) {
        return patch.filter(this::maySee)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.PATCH_NOT_FOUND,
                        "No patch `" + id + "` of yours is stored. GET /patches lists those that are."));
    }

    private boolean seesAll() {
        return roles.contains(Roles.VIEW);
    }
}
