package dev.patchferry.runner.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.api.PatchFollower.Happening;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One patch as a stream: an event {@code status} for each state, {@code output} for what its commands write, {@code end}
 * when nothing more will come. Data is JSON, so that no output can pass for an event.
 */
@Path("patches/{id}/events")
@Singleton
class PatchEventsResource {
    private final PatchViews views;
    private final PatchFollower follower;
    private final ExecutorService threads;

    PatchEventsResource(PatchViews views, PatchFollower follower, @VirtualThreads ExecutorService threads) {
        this.views = views;
        this.follower = follower;
        this.threads = threads;
    }

    /** From the beginning, or after the event that the reader had last. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id, @HeaderParam("Last-Event-ID") @Nullable String last, @Context Sse sse) {
        PatchId patch = views.find(id).id();
        PatchPosition from = PatchPosition.parse(last)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST, "`Last-Event-ID` is the id of an event of this stream."));
        AtomicReference<Happening> now = new AtomicReference<>(new Happening.Silence(from));
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> now.updateAndGet(before -> follower.next(patch, before.after())))
                        .runSubscriptionOn(threads))
                .whilst(happening -> !follower.isStopping() && !(happening instanceof Happening.End))
                .map(happening -> sent(happening, sse));
    }

    private static OutboundSseEvent sent(Happening happening, Sse sse) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        return switch (happening) {
            case Happening.Silence _ -> event.comment("still here").build();
            case Happening.End end ->
                event.name("end")
                        .id(end.after().toString())
                        .data(json(Map.of("status", end.status().wireName())))
                        .build();
            case Happening.State(var change, var after) ->
                event.name("status").id(after.toString()).data(json(change)).build();
            case Happening.Output(String text, var after) ->
                event.name("output")
                        .id(after.toString())
                        .data(json(Map.of("text", text)))
                        .build();
        };
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event can always be written", e);
        }
    }
}
