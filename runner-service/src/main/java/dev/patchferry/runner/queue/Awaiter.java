package dev.patchferry.runner.queue;

import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.Signal;
import java.time.Duration;

/** Waits for the end of a patch on a signal, not by looking again and again. */
public record Awaiter(Journal journal, Signal changed) {
    /** The patch once it has ended, or as it is when the time is up. */
    Entry await(Entry entry, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Entry now = entry;
        try {
            while (true) {
                long seen = changed.count();
                now = journal.find(entry.id()).orElseThrow();
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (now.status().isTerminal() || !left.isPositive()) {
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
