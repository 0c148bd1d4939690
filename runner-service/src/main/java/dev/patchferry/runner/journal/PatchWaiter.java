package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchStatus;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits for what becomes of a patch, on a signal, not by looking again and again. */
public record PatchWaiter(Journal journal, ChangeCounter changed) {
    /** The patch once its state is one that is waited for, or as it is when the time is up. */
    public JournaledPatch await(JournaledPatch journaledPatch, Predicate<PatchStatus> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        JournaledPatch now = journaledPatch;
        try {
            while (true) {
                long seen = changed.count();
                now = journal.find(journaledPatch.id()).orElseThrow();
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (wanted.test(now.status()) || !left.isPositive()) {
                    return now;
                }
                changed.awaitAfter(seen, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return now;
        }
    }
}
