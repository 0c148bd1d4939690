package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.WorkspaceQueries;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.view.RefusalProblems;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /workspaces}. */
@Path("workspaces")
@RunOnVirtualThread
@RolesAllowed({Roles.READ, Roles.VIEW})
class WorkspacesResource {
    private final WorkspaceQueries workspaces;
    private final SecurityIdentity identity;

    WorkspacesResource(WorkspaceQueries workspaces, SecurityIdentity identity) {
        this.workspaces = workspaces;
        this.identity = identity;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response list() {
        String list = workspaces
                .list(Caller.of(identity))
                .orThrow(RefusalProblems::of)
                .toString();
        return Response.ok(list, MediaType.APPLICATION_JSON).build();
    }
}
