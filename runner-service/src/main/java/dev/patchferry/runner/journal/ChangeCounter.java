package dev.patchferry.runner.journal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells waiters that something happened. A waiter takes {@link #count} before it looks at the state, and then waits for
 * a later count: what happens in between is never missed.
 */
public final class ChangeCounter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long count;

    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    public void raise() {
        lock.lock();
        try {
            count++;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the count has passed {@code seen}, at most this long.
     *
     * @return whether it has
     */
    public boolean awaitAfter(long seen, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (count <= seen && left > 0) {
                left = raised.awaitNanos(left);
            }
            return count > seen;
        } finally {
            lock.unlock();
        }
    }
}
