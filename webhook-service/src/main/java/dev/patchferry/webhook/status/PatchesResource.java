package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.PatchQueries;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.view.RefusalProblems;
import dev.patchferry.webhook.view.WaitSeconds;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** {@code GET /patches} and {@code GET /patches/{id}}. */
@Path("patches")
@RunOnVirtualThread
@RolesAllowed({Roles.SUBMIT, Roles.VIEW})
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class PatchesResource {
    private final PatchQueries queries;
    private final SecurityIdentity identity;

    PatchesResource(PatchQueries queries, SecurityIdentity identity) {
        this.queries = queries;
        this.identity = identity;
    }

    @GET
    public PatchPage list(@BeanParam PatchFilter filter) {
        PatchQueries.Page page =
                queries.list(Caller.of(identity), filter.criteria()).orThrow(RefusalProblems::of);
        Optional<String> next =
                page.more() ? Optional.of(filter.next(page.patches().getLast().seq())) : Optional.empty();
        return new PatchPage(page.patches().stream().map(PatchPage.Entry::of).toList(), next);
    }

    @GET
    @Path("{id}")
    public PatchView get(@PathParam("id") String id, @Context UriInfo uri) {
        return queries.details(Caller.of(identity), id, WaitSeconds.of(uri))
                .map(PatchView::of)
                .orThrow(RefusalProblems::of);
    }
}
