package dev.patchferry.webhook.audit;

import dev.patchferry.webhook.store.Note;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.StoreLifecycle;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Counts what may come very often, and notes it once a minute, one note for all of a kind. However many refusals somebody
 * causes from however many addresses, a minute costs one transaction and a hundred rows. Safe for use by several threads.
 */
@Singleton
final class Tally {
    private static final Logger LOG = Logger.getLogger(Tally.class);
    private static final int MOST_KINDS = 100;
    private static final int SECONDS = 60;

    private final PatchStore store;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Map<Sort, Note> counted = new LinkedHashMap<>();

    Tally(PatchStore store) {
        this.store = store;
    }

    /** What is counted together. */
    private record Sort(
            Note.Kind kind, String outcome, Optional<String> principal, Optional<String> address, String what) {
        static Sort of(Note note) {
            return new Sort(
                    note.kind(),
                    note.outcome(),
                    note.principal(),
                    note.address(),
                    note.kind() == Note.Kind.ACTION ? note.patchId().orElse("") : "");
        }

        /** For all that come from too many places. */
        Sort anywhere() {
            return new Sort(kind, outcome, Optional.empty(), Optional.empty(), "");
        }
    }

    void start(@Observes @Priority(StoreLifecycle.OPENED + 100) StartupEvent start) {
        Thread.ofVirtual().name("audit").start(this::run);
    }

    void stop(@Observes ShutdownEvent stop) {
        stopped.countDown();
        flush();
    }

    /** Counts one more of its sort. */
    synchronized void count(Note note) {
        Sort sort = Sort.of(note);
        boolean room = counted.containsKey(sort) || counted.size() < MOST_KINDS;
        counted.merge(room ? sort : sort.anywhere(), note, Tally::together);
    }

    private static Note together(Note before, Note now) {
        boolean same = before.address().equals(now.address());
        return new Note(
                now.at(),
                now.kind(),
                now.outcome(),
                before.principal().equals(now.principal()) ? now.principal() : Optional.empty(),
                same ? now.address() : Optional.empty(),
                same ? now.forwardedFor() : Optional.empty(),
                now.patchId(),
                now.contentHash(),
                now.detail(),
                before.count() + now.count());
    }

    /** Notes what was counted. If the store cannot take it now, it is counted on. */
    void flush() {
        List<Note> notes = take();
        if (notes.isEmpty()) {
            return;
        }
        try {
            if (store.shortage().isEmpty()) {
                store.chronicle().note(notes);
                return;
            }
        } catch (JdbiException e) {
            LOG.warnf("refusals cannot be noted now reason=%s", e.getMessage());
        }
        notes.forEach(this::count);
    }

    private synchronized List<Note> take() {
        List<Note> notes = new ArrayList<>(counted.values());
        counted = new LinkedHashMap<>();
        return notes;
    }

    private void run() {
        try {
            while (!stopped.await(SECONDS, TimeUnit.SECONDS)) {
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
