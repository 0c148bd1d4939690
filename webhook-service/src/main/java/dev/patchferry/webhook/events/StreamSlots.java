package dev.patchferry.webhook.events;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Limits the event streams that are open at a time, in all and per principal: each has a connection and a thread. */
@Singleton
final class StreamSlots {
    static final int MAX_STREAMS = 100;
    static final int MAX_PER_PRINCIPAL = 10;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Map<String, Integer> open = new HashMap<>();
    private int total;

    /**
     * Takes a slot for a stream of this principal.
     *
     * @throws ProblemException 429 with {@code Retry-After} if the principal, or all of them, have too many streams open
     */
    synchronized Slot take(String principal) {
        int own = open.getOrDefault(principal, 0);
        if (own >= MAX_PER_PRINCIPAL) {
            throw tooMany("This principal has " + own + " event streams open, which is the limit. Close one of them");
        }
        if (total >= MAX_STREAMS) {
            throw tooMany("All " + total + " event streams of this service are in use. Wait");
        }
        open.put(principal, own + 1);
        total++;
        return new Slot(principal);
    }

    private synchronized void release(String principal) {
        open.computeIfPresent(principal, (_, own) -> own > 1 ? own - 1 : null);
        total--;
    }

    private static ProblemException tooMany(String why) {
        return new ProblemException(
                Problem.of(
                        ProblemType.RATE_LIMITED,
                        why
                                + " and try again, or ask GET /patches and GET /patches/{id}?wait=25, which tell the same."),
                Optional.of(RETRY_AFTER));
    }

    /** The right to one open stream; given back once, however often it is closed. */
    final class Slot implements AutoCloseable {
        private final String principal;
        private boolean released;

        private Slot(String principal) {
            this.principal = principal;
        }

        @Override
        public void close() {
            synchronized (StreamSlots.this) {
                if (!released) {
                    released = true;
                    release(principal);
                }
            }
        }
    }
}
