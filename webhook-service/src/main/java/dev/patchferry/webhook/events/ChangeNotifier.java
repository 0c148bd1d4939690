package dev.patchferry.webhook.events;

import dev.patchferry.webhook.store.StoreEvents;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells those who follow that something was committed. Costs a committing thread an addition while nobody follows. */
@Singleton
final class ChangeNotifier {
    private final AtomicLong beats = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition beat = lock.newCondition();
    private volatile boolean stopped;

    ChangeNotifier(StoreEvents storeEvents) {
        storeEvents.subscribe(_ -> beat());
    }

    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        stopped = true;
        beat();
    }

    boolean isStopped() {
        return stopped;
    }

    /** How often something was committed so far. */
    long count() {
        return beats.get();
    }

    /** Waits until something was committed after this count, at most so long. */
    void awaitAfter(long seen, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        waiting.incrementAndGet();
        lock.lock();
        try {
            while (beats.get() == seen && !stopped && left > 0) {
                left = beat.awaitNanos(left);
            }
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }

    private void beat() {
        beats.incrementAndGet();
        if (waiting.get() > 0) {
            lock.lock();
            try {
                beat.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
