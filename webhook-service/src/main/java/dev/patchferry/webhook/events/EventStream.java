package dev.patchferry.webhook.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.ActivityEvent;
import dev.patchferry.webhook.store.ActivityLog;
import dev.patchferry.webhook.store.ActivityLog.PositionedEvent;
import dev.patchferry.webhook.store.ActivityLog.Stretch;
import dev.patchferry.webhook.store.FeedCursor;
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
record EventStream(ActivityLog activityLog, ChangeNotifier pulse, Predicate<ActivityEvent.Changed> visible) {
    private static final int STRETCH = 200;
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** One state of one patch. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Event(
            PatchId patchId, PatchStatus status, boolean terminal, WorkspaceName workspace, String reason, Instant at) {
        static Event of(ActivityEvent.Changed changed) {
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
    void write(FeedCursor from, OutputStream out) throws IOException {
        FeedCursor feedCursor = from;
        send("retry: 3000\n" + id(feedCursor), out);
        try {
            while (!pulse.isStopped()) {
                long seen = pulse.count();
                Stretch stretch = activityLog.after(feedCursor, STRETCH);
                feedCursor = tell(stretch, feedCursor, out);
                if (!stretch.more() && !awaitMore(seen)) {
                    send(": still here\n" + id(feedCursor), out);
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

    private FeedCursor tell(Stretch stretch, FeedCursor before, OutputStream out) throws IOException {
        FeedCursor feedCursor = before;
        StringBuilder events = new StringBuilder();
        for (PositionedEvent placed : stretch.events()) {
            feedCursor = placed.after();
            if (placed.event() instanceof ActivityEvent.Changed changed && visible.test(changed)) {
                events.append("event: status\nid: ")
                        .append(feedCursor)
                        .append("\ndata: ")
                        .append(json(Event.of(changed)))
                        .append("\n\n");
            }
        }
        if (!events.isEmpty()) {
            send(events.toString(), out);
        }
        return feedCursor;
    }

    /** An event without data: the reader remembers the place and tells nobody. */
    private static String id(FeedCursor feedCursor) {
        return "id: " + feedCursor + "\n\n";
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
