package dev.patchferry.foundation.sqlite;

import java.util.concurrent.CountDownLatch;

/** Waiting that an interrupt does not cut short; the thread is still interrupted afterwards. */
final class Uninterrupted {
    private Uninterrupted() {}

    static void await(CountDownLatch latch) {
        toTheEnd(latch::await);
    }

    static void join(Thread thread) {
        toTheEnd(thread::join);
    }

    private static void toTheEnd(Wait wait) {
        boolean interrupted = false;
        for (boolean over = false; !over; ) {
            try {
                wait.untilOver();
                over = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Wait {
        void untilOver() throws InterruptedException;
    }
}
