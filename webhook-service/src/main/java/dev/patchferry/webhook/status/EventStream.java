package dev.patchferry.webhook.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.Chronicle;
import dev.patchferry.webhook.store.Chronicle.Placed;
import dev.patchferry.webhook.store.Chronicle.Stretch;
import dev.patchferry.webhook.store.Happening;
import dev.patchferry.webhook.store.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * The states of all patches that somebody may see, as they come. Read from the store from a place on, so that nothing is
 * remembered for a reader, and a slow one holds up itself alone.
 *
 * @param visible whether they may see a patch
 */
record EventStream(Chronicle chronicle, Pulse pulse, Predicate<Happening.Changed> visible) {
    private static final int STRETCH = 200;
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** One state of one patch. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Event(
            PatchId patchId, PatchStatus status, boolean terminal, WorkspaceName workspace, String reason, Instant at) {
        static Event of(Happening.Changed changed) {
            return new Event(
                    changed.id(),
                    changed.change().status(),
                    changed.change().status().isTerminal(),
                    changed.workspace(),
                    changed.change().reason(),
                    changed.at());
        }
    }

    /** Writes until the reader goes away or the service stops. Begins with the place, so that it can be come back to. */
    void write(Place from, OutputStream out) throws IOException {
        Place place = from;
        send("retry: 3000\n" + id(place), out);
        try {
            while (!pulse.isStopped()) {
                long seen = pulse.count();
                Stretch stretch = chronicle.after(place, STRETCH);
                place = tell(stretch, place, out);
                if (!stretch.more() && !awaitMore(seen)) {
                    send(": still here\n" + id(place), out);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether something came within the time after which the reader should hear that we are still there. */
    private boolean awaitMore(long seen) throws InterruptedException {
        pulse.awaitAfter(seen, SILENCE);
        return pulse.count() != seen;
    }

    private Place tell(Stretch stretch, Place before, OutputStream out) throws IOException {
        Place place = before;
        StringBuilder events = new StringBuilder();
        for (Placed placed : stretch.happenings()) {
            place = placed.after();
            if (placed.happening() instanceof Happening.Changed changed && visible.test(changed)) {
                events.append("event: status\nid: ")
                        .append(place)
                        .append("\ndata: ")
                        .append(json(Event.of(changed)))
                        .append("\n\n");
            }
        }
        if (!events.isEmpty()) {
            send(events.toString(), out);
        }
        return place;
    }

    /** An event without data: the reader remembers the place and tells nobody. */
    private static String id(Place place) {
        return "id: " + place + "\n\n";
    }

    private static String json(Event event) {
        try {
            return Json.MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event can always be written", e);
        }
    }

    private static void send(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
