package dev.patchferry.webhook.audit;

import dev.patchferry.webhook.store.AuditEntry;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RequestOrigin;
import dev.patchferry.webhook.store.StoreLifecycle;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Counts what may come very often: the first of a kind is noted at once, all that follow within the minute when it is over,
 * in one note. However many refusals somebody causes from however many addresses, a minute costs some two hundred rows.
 * Nobody waits for that: it is written by a thread of its own. Safe for use by several threads.
 */
@Singleton
final class RefusalAggregator {
    private static final Logger LOG = Logger.getLogger(RefusalAggregator.class);
    private static final int MOST_KINDS = 100;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final PatchStore store;
    private final Semaphore calls = new Semaphore(0);
    private final Set<Sort> thisMinute = new HashSet<>();
    private final Map<Sort, AuditEntry> counted = new LinkedHashMap<>();
    private final Set<Sort> first = new LinkedHashSet<>();
    private final Thread thread = Thread.ofVirtual().name("audit").unstarted(this::run);
    private volatile boolean stopped;

    RefusalAggregator(PatchStore store) {
        this.store = store;
    }

    /** What is counted together. */
    private record Sort(
            AuditEntry.Kind kind, String outcome, Optional<String> principal, Optional<String> address, String patch) {
        static Sort of(AuditEntry auditEntry) {
            return new Sort(
                    auditEntry.kind(),
                    auditEntry.outcome(),
                    auditEntry.principal(),
                    auditEntry.from().address(),
                    auditEntry.patchId().orElse(""));
        }

        /** For all that come from too many places. */
        Sort anywhere() {
            return new Sort(kind, outcome, Optional.empty(), Optional.empty(), "");
        }
    }

    void start(@Observes @Priority(StoreLifecycle.OPENED + 100) StartupEvent start) {
        thread.start();
    }

    /** Returns when all is noted, also what the thread had just taken to write. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopped = true;
        calls.release();
        thread.join(FAREWELL);
        flush();
    }

    /** Counts one more of its sort. */
    synchronized void count(AuditEntry auditEntry) {
        Sort own = Sort.of(auditEntry);
        boolean room = thisMinute.contains(own) || thisMinute.size() < MOST_KINDS;
        Sort sort = room ? own : own.anywhere();
        counted.merge(sort, auditEntry, RefusalAggregator::together);
        if (thisMinute.add(sort)) {
            first.add(sort);
            calls.release();
        }
    }

    private static AuditEntry together(AuditEntry before, AuditEntry now) {
        boolean same = before.from().address().equals(now.from().address());
        boolean about = before.patchId().equals(now.patchId());
        return new AuditEntry(
                now.at(),
                now.kind(),
                now.outcome(),
                before.principal().equals(now.principal()) ? now.principal() : Optional.empty(),
                same ? now.from() : RequestOrigin.UNKNOWN,
                about ? now.patchId() : Optional.empty(),
                about ? now.contentHash() : Optional.empty(),
                now.detail(),
                before.count() + now.count());
    }

    /** Notes what was counted. If the store cannot take it now, it is counted on. */
    void flush() {
        write(take());
    }

    private void write(List<AuditEntry> notes) {
        if (notes.isEmpty()) {
            return;
        }
        try {
            if (store.shortage().isEmpty()) {
                store.activityLog().note(notes);
                return;
            }
        } catch (JdbiException e) {
            LOG.warnf("refusals cannot be noted now reason=%s", e.getMessage());
        }
        notes.forEach(this::count);
    }

    private synchronized List<AuditEntry> take() {
        List<AuditEntry> notes = new ArrayList<>(counted.values());
        counted.clear();
        first.clear();
        return notes;
    }

    private synchronized List<AuditEntry> takeFirst() {
        List<AuditEntry> notes = new ArrayList<>();
        for (Sort sort : first) {
            notes.add(Objects.requireNonNull(counted.remove(sort)));
        }
        first.clear();
        return notes;
    }

    private synchronized void nextMinute() {
        thisMinute.clear();
    }

    private void run() {
        try {
            while (!stopped) {
                long end = System.nanoTime() + MINUTE;
                while (!stopped && calls.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    calls.drainPermits();
                    write(takeFirst());
                }
                nextMinute();
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
