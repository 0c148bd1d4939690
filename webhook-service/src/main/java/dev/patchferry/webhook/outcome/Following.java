package dev.patchferry.webhook.outcome;

import dev.patchferry.webhook.runner.RunnerAvailability;
import dev.patchferry.webhook.store.StoreLifecycle;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/** The thread that follows the journal, again and again, for as long as the service runs. */
@Singleton
class Following implements Runnable {
    private static final Logger LOG = Logger.getLogger(Following.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final JournalFollower follower;
    private final RunnerAvailability link;
    private final Duration firstPause;
    private final Duration longestPause;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("journal-follower").unstarted(this);
    private volatile boolean stopped;

    Following(JournalFollower follower, RunnerAvailability link, OutcomeConfig config) {
        this.follower = follower;
        this.link = link;
        this.firstPause = config.firstPause();
        this.longestPause = config.longestPause();
        link.onUp(wake::release);
    }

    void start(@Observes @Priority(StoreLifecycle.OPENED + 100) StartupEvent start) {
        thread.start();
    }

    /** An interrupted read ends at once; an event that was being applied is either stored with its cursor or not. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(FAREWELL);
    }

    @Override
    public void run() {
        Duration pause = firstPause;
        try {
            while (!stopped) {
                if (follow()) {
                    pause = firstPause;
                }
                // Also woken when a delivery finds that the runner is back.
                boolean woken = !stopped && wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                pause = woken ? firstPause : shorter(pause.multipliedBy(2), longestPause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean follow() {
        try {
            boolean followed = follower.follow();
            ended("the runner ended the stream of events");
            return followed;
        } catch (IOException | JdbiException e) {
            down(String.valueOf(e.getMessage()));
            return false;
        } catch (RuntimeException e) {
            LOG.error("following the journal failed", e);
            down("following the journal failed");
            return false;
        }
    }

    private void ended(String reason) {
        report(reason, link::ended);
    }

    private void down(String reason) {
        report(reason, link::down);
    }

    private void report(String reason, Consumer<String> fault) {
        if (!stopped) {
            // What woke us before is over; what wakes us after the next line is news.
            wake.drainPermits();
            LOG.debugf("not following reason=%s", reason);
            fault.accept(reason);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
