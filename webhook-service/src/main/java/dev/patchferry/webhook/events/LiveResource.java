package dev.patchferry.webhook.events;

import dev.patchferry.contract.Problem;
import dev.patchferry.foundation.http.ClientConnection;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.PatchQueries;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import dev.patchferry.webhook.view.RefusalProblems;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code GET /patches/{id}/events}: a patch's states and its output as server-sent events, while they happen. */
@Path("patches/{id}/events")
@RunOnVirtualThread
@RolesAllowed({Roles.SUBMIT, Roles.VIEW})
@Produces({MediaType.SERVER_SENT_EVENTS, Problem.MEDIA_TYPE})
class LiveResource {
    private final PatchQueries queries;
    private final SecurityIdentity identity;
    private final PatchStore store;
    private final ChangeNotifier changeNotifier;
    private final RunnerStreams runner;
    private final StreamSlots slots;

    LiveResource(
            PatchQueries queries,
            SecurityIdentity identity,
            PatchStore store,
            ChangeNotifier changeNotifier,
            RunnerStreams runner,
            StreamSlots slots) {
        this.queries = queries;
        this.identity = identity;
        this.store = store;
        this.changeNotifier = changeNotifier;
        this.runner = runner;
        this.slots = slots;
    }

    @GET
    public Response events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @Context RoutingContext request) {
        Caller caller = Caller.of(identity);
        StoredPatch patch = queries.find(caller, id).orThrow(RefusalProblems::of);
        LiveStream live = new LiveStream(store, changeNotifier, runner);
        OpenStream body = OpenStream.of(
                ClientConnection.of(request),
                slots,
                caller.principal(),
                out -> live.write(patch, last == null ? "" : last, out));
        return Response.ok(body, MediaType.SERVER_SENT_EVENTS + ";charset=UTF-8")
                .header("X-Accel-Buffering", "no")
                .build();
    }
}
