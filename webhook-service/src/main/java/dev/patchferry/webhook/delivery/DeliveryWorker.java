package dev.patchferry.webhook.delivery;

import dev.patchferry.contract.WorkspaceName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** One workspace's way to the runner: a virtual thread that lives for as long as there is something to bring. */
final class DeliveryWorker implements Runnable {
    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

    private final WorkspaceName workspace;
    private final DeliveryWork work;
    private final Duration restAfterFault;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean added;
    private boolean called;
    private boolean hastened;
    private boolean ending;
    private boolean over;

    DeliveryWorker(WorkspaceName workspace, DeliveryWork work, Duration restAfterFault) {
        this.workspace = workspace;
        this.work = work;
        this.restAfterFault = restAfterFault;
    }

    /**
     * Tells the lane that there is one more at its end. While it rests before its head is due, that changes nothing.
     *
     * @return whether the lane still runs; if not, nobody looks
     */
    boolean add() {
        lock.lock();
        try {
            added = true;
            return !over;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes the lane look again.
     *
     * @param hasten whether its head is to be sent even before it is due
     */
    void call(boolean hasten) {
        lock.lock();
        try {
            called = true;
            hastened |= hasten;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the lane end after what it is doing now. */
    void end() {
        lock.lock();
        try {
            ending = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            boolean hasten = false;
            boolean more = true;
            while (more) {
                Optional<Duration> pause = step(hasten);
                lock.lock();
                try {
                    more = rest(pause);
                    hasten = hastened;
                    hastened = false;
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            // The dispatcher stops and nobody will call any more.
            Thread.currentThread().interrupt();
        }
    }

    /** A store that fails now may work later; the lane must not end while something is in it. */
    private Optional<Duration> step(boolean hasten) {
        try {
            return work.step(workspace, hasten);
        } catch (RuntimeException e) {
            LOG.errorf(e, "lane rests after a fault workspace=%s", workspace);
            return Optional.of(restAfterFault);
        }
    }

    /** Rests until it is time or somebody calls. Holding the lock, it decides for good whether there is more to do. */
    private boolean rest(Optional<Duration> pause) throws InterruptedException {
        long left = pause.orElse(Duration.ZERO).toNanos();
        while (!called && !ending && left > 0) {
            left = news.awaitNanos(left);
        }
        over = ending || (pause.isEmpty() && !called && !added);
        called = false;
        added = false;
        return !over;
    }
}
