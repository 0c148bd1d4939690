package dev.patchferry.runner.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.RunnerApi;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.EventLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The journal as a stream. Pulled by the reader: a slow reader holds up nobody and is held in no memory, and events
 * that are in the journal already come in batches.
 */
@Path("events")
@ApplicationScoped
class JournalEventsResource {
    private static final int BATCH = 100;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final EventLog events;
    private final ChangeCounter changed;
    private final ExecutorService threads;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopping;

    JournalEventsResource(EventLog events, ChangeCounter changed, @VirtualThreads ExecutorService threads) {
        this.events = events;
        this.changed = changed;
        this.threads = threads;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        changed.raise();
    }

    /** Every event after a cursor, then each as it happens. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> events(
            @QueryParam("after") @DefaultValue("0") String after,
            @Context Sse sse,
            @Context HttpServerResponse response) {
        response.putHeader(RunnerApi.JOURNAL, events.newest().toString());
        EventCursor from = JournalIdentityFilter.require(after, events);
        AtomicReference<EventCursor> cursor = new AtomicReference<>(from);
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom().item(() -> next(cursor, sse)).runSubscriptionOn(threads))
                .whilst(batch -> !stopping)
                .onItem()
                .<OutboundSseEvent>disjoint();
    }

    /** The next batch; after a silence a heartbeat. */
    private List<OutboundSseEvent> next(AtomicReference<EventCursor> cursor, Sse sse) {
        long seen = changed.count();
        List<PatchEvent> batch = events.after(cursor.get(), BATCH);
        if (batch.isEmpty() && !stopping && waitForMore(seen)) {
            batch = events.after(cursor.get(), BATCH);
        }
        if (batch.isEmpty()) {
            return List.of(sse.newEventBuilder().name("heartbeat").data("").build());
        }
        cursor.set(batch.getLast().cursor());
        return batch.stream().map(event -> sent(event, sse)).toList();
    }

    /** How many readers wait for more at this moment. */
    int waitingReaders() {
        return waiting.get();
    }

    private boolean waitForMore(long seen) {
        waiting.incrementAndGet();
        try {
            return changed.awaitAfter(seen, HEARTBEAT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static OutboundSseEvent sent(PatchEvent event, Sse sse) {
        try {
            return sse.newEventBuilder()
                    .id(event.cursor().toString())
                    .data(Json.MAPPER.writeValueAsString(event))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event can always be written", e);
        }
    }
}
