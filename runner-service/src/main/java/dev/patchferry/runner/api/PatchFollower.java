package dev.patchferry.runner.api;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.logs.LogFollower;
import dev.patchferry.runner.logs.PatchLogs;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens to a patch, one thing after another: its states and its output as it is written. Asked by the reader, so
 * that a slow one holds up nobody.
 */
@Singleton
class PatchFollower {
    /** How soon output is seen that no signal tells of. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final Journal journal;
    private final EventLog events;
    private final PatchLogs logs;
    private final ChangeCounter changed;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopping;

    PatchFollower(Journal journal, EventLog events, PatchLogs logs, ChangeCounter changed) {
        this.journal = journal;
        this.events = events;
        this.logs = logs;
        this.changed = changed;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        changed.raise();
    }

    /** Whether readers should come again after the runner's next start. */
    boolean isStopping() {
        return stopping;
    }

    /** What comes next, and where the reader then is. */
    sealed interface Happening {
        PatchPosition after();

        /** It came to a state. */
        record State(StatusChange change, PatchPosition after) implements Happening {}

        /** It wrote something. */
        record Output(String text, PatchPosition after) implements Happening {}

        /** Nothing for a while. */
        record Silence(PatchPosition after) implements Happening {}

        /** Nothing more will come unless somebody asks for it. */
        record End(PatchStatus status, PatchPosition after) implements Happening {}
    }

    /** Waits for what comes after this position, at most until the reader should hear that we are still there. */
    Happening next(PatchId patch, PatchPosition position) {
        waiting.incrementAndGet();
        try {
            return await(patch, position);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** How many readers wait at this moment. */
    int waitingReaders() {
        return waiting.get();
    }

    private Happening await(PatchId patch, PatchPosition position) {
        long deadline = System.nanoTime() + SILENCE.toNanos();
        try {
            while (true) {
                long seen = changed.count();
                List<Happening> now = look(journal.find(patch).orElseThrow(), position);
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (!now.isEmpty()) {
                    return now.getFirst();
                }
                if (stopping || !left.isPositive()) {
                    return new Happening.Silence(position);
                }
                changed.awaitAfter(seen, left.compareTo(GLANCE) < 0 ? left : GLANCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Happening.Silence(position);
        }
    }

    /** Output comes before the state that ended it, and after the one that began it. */
    private List<Happening> look(JournaledPatch journaledPatch, PatchPosition position) {
        List<StatusChange> states = events.history(journaledPatch);
        boolean more = position.states() < states.size();
        boolean over = journaledPatch.status().endsAWait();
        if (more && !endsARun(states.get(position.states()).status())) {
            return List.of(new Happening.State(states.get(position.states()), position.afterState()));
        }
        PatchPosition at = position.inAttempt(journaledPatch.attempt());
        LogFollower.Piece piece = read(journaledPatch, at);
        if (!piece.text().isEmpty()) {
            return List.of(new Happening.Output(piece.text(), at.atByte(piece.next())));
        }
        if (more) {
            return List.of(new Happening.State(states.get(position.states()), position.afterState()));
        }
        return over ? List.of(new Happening.End(journaledPatch.status(), position)) : List.of();
    }

    private static boolean endsARun(PatchStatus status) {
        return status.isTerminal() || status == PatchStatus.PROPOSED;
    }

    private LogFollower.Piece read(JournaledPatch journaledPatch, PatchPosition position) {
        try {
            return LogFollower.read(logs.shown(journaledPatch), position.offset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
