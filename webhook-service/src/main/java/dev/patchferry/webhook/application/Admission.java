package dev.patchferry.webhook.application;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.problem.ProblemException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory that documents take between their first byte and their commit, and with it how many writes wait. Who
 * comes when it is used up is turned away at once: waiting would only move the crowd. So is who comes when the service has
 * been told to stop.
 */
@Singleton
public final class Admission {
    private static final Duration SOON = Duration.ofSeconds(2);
    /** A restart takes about as long. */
    private static final Duration AFTER_A_RESTART = Duration.ofSeconds(5);

    private static final int KIB = 1 << 10;
    private static final int LEAST_KIB = 4;
    private static final int MOST_KIB = PatchDocument.MAX_BYTES / KIB + 1;

    /** What those may have of it who have proved nothing yet, so that they cannot keep the others out. */
    private static final int PART_OF_THE_UNPROVED = 4;

    private final Semaphore kib;
    private final Semaphore unprovedKib;
    private volatile boolean stopping;

    Admission(IntakeConfig config) {
        int all = Math.toIntExact(config.memory().asLongValue() / KIB);
        this.kib = new Semaphore(all);
        this.unprovedKib = new Semaphore(all / PART_OF_THE_UNPROVED);
    }

    /** What is under way goes on; nothing more is taken in. */
    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        stopping = true;
    }

    /**
     * Makes room for a body. Close the pass once its bytes are not needed any more.
     *
     * @param announced its length; negative if the sender does not say, and then it may be as long as any
     * @param proved whether it is known who sends it
     * @throws ProblemException 503 with {@code Retry-After} if there is no room, or the service stops
     */
    public Pass admit(int announced, boolean proved) {
        if (stopping) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.NOT_READY,
                            "The webhook is stopping. Nothing of this patch was stored; send the same again in a few"
                                    + " seconds."),
                    Optional.of(AFTER_A_RESTART));
        }
        int size = announced < 0 ? MOST_KIB : Math.clamp(announced / KIB + 1, LEAST_KIB, MOST_KIB);
        if (proved) {
            return take(kib, size);
        }
        Pass part = take(unprovedKib, size);
        try {
            Pass whole = take(kib, size);
            return () -> {
                whole.close();
                part.close();
            };
        } catch (ProblemException e) {
            part.close();
            throw e;
        }
    }

    private static Pass take(Semaphore from, int size) {
        if (!from.tryAcquire(size)) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.OVERLOADED,
                            "Too many patches are being received at once. Nothing of this one was stored; send the same"
                                    + " again in a few seconds."),
                    Optional.of(SOON));
        }
        return () -> from.release(size);
    }

    /** Room for one body. */
    public interface Pass extends AutoCloseable {
        @Override
        void close();
    }
}
