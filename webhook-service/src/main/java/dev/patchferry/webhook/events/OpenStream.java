package dev.patchferry.webhook.events;

import dev.patchferry.foundation.http.ClientConnection;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The body of one event stream. A closed connection interrupts the thread that writes, whatever that waits for; the slot is
 * given back when that thread is done, or when the request ends without one.
 */
final class OpenStream implements StreamingOutput {
    private static final Logger LOG = Logger.getLogger(OpenStream.class);

    private final StreamSlots.Slot slot;
    private final StreamingOutput body;
    private @Nullable Thread writer;
    private boolean ended;

    private OpenStream(StreamSlots.Slot slot, StreamingOutput body) {
        this.slot = slot;
        this.body = body;
    }

    /**
     * Takes the slot and begins to watch the connection.
     *
     * @param body ends when its thread is interrupted
     * @throws dev.patchferry.foundation.problem.ProblemException 429 if there is no slot
     */
    static OpenStream of(ClientConnection client, StreamSlots slots, String principal, StreamingOutput body) {
        OpenStream stream = new OpenStream(slots.take(principal), body);
        client.onEnd(stream::end);
        return stream;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        if (!begin()) {
            return;
        }
        try {
            body.write(out);
        } catch (IOException e) {
            if (!hasEnded()) {
                throw e;
            }
            LOG.debug("an event stream ended with its connection", e);
        } finally {
            leave();
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private synchronized boolean begin() {
        writer = ended ? null : Thread.currentThread();
        return !ended;
    }

    private synchronized void leave() {
        writer = null;
        slot.close();
    }

    private synchronized void end() {
        ended = true;
        if (writer == null) {
            slot.close();
        } else {
            writer.interrupt();
        }
    }
}
