package dev.patchferry.webhook.runner;

import jakarta.inject.Singleton;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps two things apart: patches on their way to the runner, any number at once, and finding out what became of those
 * that are. Each is held with {@code try (DeliveryFence.Hold _ = fence.underWay())}.
 */
@Singleton
public class DeliveryFence {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** Until it is closed, nobody counts what is under way. */
    public Hold underWay() {
        return hold(lock.readLock());
    }

    /** Waits until nothing is under way; until it is closed, nothing leaves. */
    public Hold count() {
        return hold(lock.writeLock());
    }

    /** Ends when it is closed, by the thread that took it. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    private static Hold hold(Lock side) {
        side.lock();
        return side::unlock;
    }
}
