package dev.patchferry.webhook.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.webhook.runner.RunnerStream;
import dev.patchferry.webhook.runner.RunnerStreams;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoredPatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * One patch for one reader: what the webhook knows while the runner does not have the patch, then the runner's own stream,
 * passed on as it comes. Each reader has a thread of its own, so a slow one holds up itself alone; the thread of
 * one whose connection closes is interrupted ({@link OpenStream}).
 */
record LiveStream(PatchStore store, ChangeNotifier pulse, RunnerStreams runner) {
    /** After so long without news a reader hears that we are still there. */
    private static final Duration QUIET = Duration.ofSeconds(15);
    /** More than the 15 s after which the runner sends a comment line. */
    private static final Duration SILENCE = Duration.ofSeconds(30);
    /** Comes before every event of the runner. */
    private static final String BEFORE_THE_RUNNER = "0-1-0";

    /** Writes until the patch has ended, the runner goes away, or the reader does. */
    void write(StoredPatch patch, String last, OutputStream out) throws IOException {
        if (last.isEmpty()) {
            state(store.history(patch.id()).getFirst(), out);
        }
        long seen = pulse.count();
        StoredPatch now = store.find(patch.id()).orElse(patch);
        try {
            while (!now.forwarded() && !now.status().endsAWait() && !pulse.isStopped()) {
                pulse.awaitAfter(seen, QUIET);
                if (pulse.count() == seen) {
                    send(": still here\n\n", out);
                }
                seen = pulse.count();
                now = store.find(now.id()).orElse(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (now.forwarded()) {
            passOn(now, last, out);
        } else if (now.status().endsAWait()) {
            state(store.history(now.id()).getLast(), out);
            send("event: end\ndata: {\"status\":\"" + now.status().wireName() + "\"}\n\n", out);
        }
    }

    private void passOn(StoredPatch patch, String last, OutputStream out) throws IOException {
        Map<String, String> headers =
                Map.of("Accept", "text/event-stream", "Last-Event-ID", last.isEmpty() ? BEFORE_THE_RUNNER : last);
        try (RunnerStream stream = runner.get("/patches/" + patch.id() + "/events", headers, SILENCE)) {
            if (stream.status() == 200) {
                copy(stream, out);
            } else {
                send("retry: 5000\n: the runner does not tell more\n\n", out);
            }
        }
    }

    /** Each piece as it comes: a reader wants to see a line when it is written. */
    private static void copy(RunnerStream stream, OutputStream out) throws IOException {
        InputStream body = stream.body();
        byte[] buffer = new byte[8 << 10];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private static void state(StatusChange change, OutputStream out) throws IOException {
        send("event: status\nid: " + BEFORE_THE_RUNNER + "\ndata: " + json(change) + "\n\n", out);
    }

    private static String json(StatusChange change) {
        try {
            return Json.MAPPER.writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state can always be written", e);
        }
    }

    private static void send(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
