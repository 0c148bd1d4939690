package dev.patchferry.webhook.events;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.http.ClientConnection;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.FeedCursor;
import dev.patchferry.webhook.store.PatchStore;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /events}: the states of every patch that the caller may see, as server-sent events. A reader that does not
 * read is disconnected with any other connection on which nothing moves for two minutes.
 */
@Path("events")
@RunOnVirtualThread
@RolesAllowed({Roles.SUBMIT, Roles.VIEW})
@Produces({MediaType.SERVER_SENT_EVENTS, Problem.MEDIA_TYPE})
class EventsResource {
    private final PatchStore store;
    private final ChangeNotifier changeNotifier;
    private final StreamSlots slots;
    private final SecurityIdentity identity;

    EventsResource(PatchStore store, ChangeNotifier changeNotifier, StreamSlots slots, SecurityIdentity identity) {
        this.store = store;
        this.changeNotifier = changeNotifier;
        this.slots = slots;
        this.identity = identity;
    }

    /**
     * From a place on, or from now on.
     *
     * @param last the id of the event that the reader had last; {@code 0-0} is before the first
     * @param after the same for readers that cannot set a header
     */
    @GET
    public Response events(
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @QueryParam("after") @Nullable String after,
            @Context RoutingContext request) {
        FeedCursor from = Optional.ofNullable(last == null ? after : last)
                .map(EventsResource::place)
                .orElseGet(() -> store.activityLog().end());
        Caller caller = Caller.of(identity);
        EventStream stream = new EventStream(store.activityLog(), changeNotifier, caller::maySee);
        OpenStream body =
                OpenStream.of(ClientConnection.of(request), slots, caller.principal(), out -> stream.write(from, out));
        return Response.ok(body, MediaType.SERVER_SENT_EVENTS + ";charset=UTF-8")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private static FeedCursor place(String text) {
        return FeedCursor.parse(text)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST, "`Last-Event-ID` is the id of an event of this stream, or 0-0."));
    }
}
