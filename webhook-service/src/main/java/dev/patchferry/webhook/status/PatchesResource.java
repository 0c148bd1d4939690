package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.RunnerAbsences;
import dev.patchferry.webhook.view.WaitSeconds;
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
import java.util.List;
import java.util.Optional;

/** {@code GET /patches} and {@code GET /patches/{id}}. */
@Path("patches")
@RunOnVirtualThread
@RolesAllowed({Roles.SUBMIT, Roles.VIEW})
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
class PatchesResource {
    private final PatchStore store;
    private final VisiblePatches patches;
    private final RunnerAbsences absences;

    PatchesResource(PatchStore store, VisiblePatches patches, RunnerAbsences absences) {
        this.absences = absences;
        this.store = store;
        this.patches = patches;
    }

    @GET
    public PatchPage list(@BeanParam PatchFilter filter) {
        List<StoredPatch> found = store.list(filter.query(patches.caller()));
        List<StoredPatch> shown = found.subList(0, Math.min(found.size(), filter.size()));
        Optional<String> next = found.size() > shown.size()
                ? Optional.of(filter.next(shown.getLast().seq()))
                : Optional.empty();
        return new PatchPage(shown.stream().map(PatchPage.Entry::of).toList(), next);
    }

    @GET
    @Path("{id}")
    public PatchView get(@PathParam("id") String id, @Context UriInfo uri) {
        StoredPatch patch = patches.get(id, WaitSeconds.of(uri));
        return PatchView.of(patch, store, absences.of(patch));
    }
}
