package dev.patchferry.webhook.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.webhook.runner.RunnerAvailability;
import dev.patchferry.webhook.runner.RunnerStream;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RunnerEventStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Follows the journal for one connection: from the stored cursor until the stream ends. */
@Singleton
class JournalFollower {
    private static final Logger LOG = Logger.getLogger(JournalFollower.class);

    private final PatchStore store;
    private final RunnerStreams runner;
    private final RunnerAvailability link;
    private final JournalLossRecovery journalLossRecovery;
    private final Duration silence;

    JournalFollower(
            PatchStore store,
            RunnerStreams runner,
            RunnerAvailability link,
            JournalLossRecovery journalLossRecovery,
            OutcomeConfig config) {
        this.store = store;
        this.runner = runner;
        this.link = link;
        this.journalLossRecovery = journalLossRecovery;
        this.silence = config.silence();
    }

    /**
     * Returns when the stream has ended, for whatever reason the runner had.
     *
     * @return whether the journal could be followed
     * @throws IOException if the runner cannot be reached, falls silent, or answers something else
     */
    boolean follow() throws IOException {
        RunnerEventStore runnerEventStore = store.runnerEvents();
        if (runnerEventStore.cursor().equals(EventCursor.START)) {
            runner.newestCursor(silence).ifPresent(runnerEventStore::beginAt);
        }
        try (RunnerStream stream = runner.events(runnerEventStore.cursor(), silence)) {
            return switch (stream.status()) {
                case 200 -> {
                    requireEvents(stream);
                    link.up();
                    EventReader events = new EventReader(stream.body());
                    try (EventBatcher eventBatcher = new EventBatcher(() -> next(events))) {
                        read(eventBatcher, runnerEventStore);
                    }
                    yield true;
                }
                case 410 -> {
                    journalLossRecovery.recover(stream.newest()
                            .orElseThrow(() -> new IOException("a 410 that names no journal is not the runner's")));
                    yield true;
                }
                case 401, 403 -> throw new IOException("the runner does not accept this webhook's token");
                default -> throw new IOException("the runner answered " + stream.status());
            };
        }
    }

    private static void requireEvents(RunnerStream stream) throws IOException {
        String type = stream.header("Content-Type").orElse("nothing");
        if (!type.startsWith("text/event-stream")) {
            throw new IOException("what answers at the runner's address sends " + type + " instead of events");
        }
    }

    /** What has arrived at once is applied at once: one commit for all of it. */
    private static void read(EventBatcher eventBatcher, RunnerEventStore runnerEventStore) throws IOException {
        for (List<PatchEvent> batch = eventBatcher.next(); !batch.isEmpty(); batch = eventBatcher.next()) {
            apply(batch, runnerEventStore);
        }
    }

    /** The next event about a patch; empty at the end of the stream. */
    private static Optional<PatchEvent> next(EventReader events) throws IOException {
        for (Optional<ServerEvent> event = events.next(); event.isPresent(); event = events.next()) {
            Optional<PatchEvent> about = patchEvent(event.get());
            if (about.isPresent()) {
                return about;
            }
        }
        return Optional.empty();
    }

    private static Optional<PatchEvent> patchEvent(ServerEvent event) {
        if (!event.name().equals("message") || event.data().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(event.data(), PatchEvent.class));
        } catch (JsonProcessingException e) {
            LOG.errorf("event skipped, it cannot be read line=%s", e.getLocation());
            return Optional.empty();
        }
    }

    private static void apply(List<PatchEvent> batch, RunnerEventStore runnerEventStore) {
        CrashPoint.WEBHOOK_EVENT_READ.reached();
        List<RunnerEventStore.Applied> applied = runnerEventStore.apply(batch);
        for (int i = 0; i < batch.size(); i++) {
            PatchEvent event = batch.get(i);
            LOG.infof(
                    "event applied patchId=%s cursor=%s status=%s outcome=%s",
                    event.patchId(), event.cursor(), event.status(), applied.get(i));
        }
    }
}
