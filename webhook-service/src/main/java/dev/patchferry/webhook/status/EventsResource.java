package dev.patchferry.webhook.status;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.auth.Roles;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.Place;
import dev.patchferry.webhook.view.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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
    /** Each has a connection and a thread that waits. */
    static final int MOST_STREAMS = 100;

    private static final Semaphore PLACES = new Semaphore(MOST_STREAMS);
    private static final Duration WITHOUT_PLACE = Duration.ofSeconds(10);

    private final PatchStore store;
    private final Pulse pulse;
    private final SecurityIdentity identity;

    EventsResource(PatchStore store, Pulse pulse, SecurityIdentity identity) {
        this.store = store;
        this.pulse = pulse;
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
            @HeaderParam("Last-Event-ID") @Nullable String last, @QueryParam("after") @Nullable String after) {
        Place from = Optional.ofNullable(last == null ? after : last)
                .map(EventsResource::place)
                .orElseGet(() -> store.chronicle().end());
        if (!PLACES.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.OVERLOADED,
                            MOST_STREAMS + " streams are open already. Try again later, or ask GET /patches."),
                    Optional.of(WITHOUT_PLACE));
        }
        EventStream stream = new EventStream(store.chronicle(), pulse, Caller.of(identity)::maySee);
        StreamingOutput body = out -> {
            try {
                stream.write(from, out);
            } finally {
                PLACES.release();
            }
        };
        return Response.ok(body, MediaType.SERVER_SENT_EVENTS + ";charset=UTF-8")
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Place place(String text) {
        return Place.parse(text)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST, "`Last-Event-ID` is the id of an event of this stream, or 0-0."));
    }
}
