package dev.patchferry.runner.reads;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a read may still go on; the answer then has what was found so far. */
final class ReadBudget {
    private final LongSupplier nanoTime;
    private final long deadline;

    ReadBudget(LongSupplier nanoTime, Duration limit) {
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + limit.toNanos();
    }

    boolean isSpent() {
        return nanoTime.getAsLong() - deadline >= 0;
    }
}
