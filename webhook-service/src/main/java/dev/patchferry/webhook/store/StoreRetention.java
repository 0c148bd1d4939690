package dev.patchferry.webhook.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Drops the results of patches that ended long ago, and the ids of signed messages, a few at a time, so that whoever wants to write in between waits for a
 * few milliseconds at most.
 */
@Singleton
final class StoreRetention implements Runnable {
    private static final Logger LOG = Logger.getLogger(StoreRetention.class);
    private static final int BATCH = 50;
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(100);
    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);

    private final PatchStore store;
    private final Duration keep;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);

    StoreRetention(PatchStore store, StoreConfig config, Clock clock) {
        this.store = store;
        this.keep = config.store().keep();
        this.clock = clock;
    }

    void start(@Observes @Priority(StoreLifecycle.OPENED + 100) StartupEvent start) {
        Thread.ofVirtual().name("retention").start(this);
    }

    void stop(@Observes ShutdownEvent stop) {
        stopped.countDown();
    }

    @Override
    public void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = dropBatch() ? BETWEEN_BATCHES : BETWEEN_ROUNDS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there may be more to drop. A store that fails now may work in the next round. */
    private boolean dropBatch() {
        Instant before = clock.instant().minus(keep);
        try {
            int dropped = store.dropResults(before, BATCH);
            if (dropped > 0) {
                LOG.infof("results dropped patches=%d endedBefore=%s", dropped, before);
            }
            return store.forgetMessages(before, BATCH) == BATCH || dropped == BATCH;
        } catch (JdbiException e) {
            LOG.errorf("results cannot be dropped now reason=%s", e.getMessage());
            return false;
        }
    }
}
