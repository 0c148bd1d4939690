package dev.patchferry.runner.retention;

import dev.patchferry.runner.journal.JournalRetention;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.logs.PatchLogs;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/** Looks once an hour for what is too old to be kept, and drops it a few patches at a time. */
public final class Retention implements Runnable, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int BATCH = 50;
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(100);
    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);

    private final JournalRetention journalRetention;
    private final PatchLogs logs;
    private final PatchFileMirror view;
    private final Duration keep;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param keep how long after its end a patch is kept whole
     */
    public Retention(
            JournalRetention journalRetention, PatchLogs logs, PatchFileMirror view, Duration keep, Clock clock) {
        this.journalRetention = journalRetention;
        this.logs = logs;
        this.view = view;
        this.keep = keep;
        this.clock = clock;
    }

    /** Until it is closed. */
    @Override
    public void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = round() == BATCH ? BETWEEN_BATCHES : BETWEEN_ROUNDS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** A disk or a journal that fails now may work in the next round. */
    private int round() {
        try {
            return dropBatch();
        } catch (IOException | JdbiException e) {
            LOG.errorf(e, "old results cannot be dropped now");
            return 0;
        }
    }

    /** How many patches were dropped, of those that are too old. */
    int dropBatch() throws IOException {
        Instant before = clock.instant().minus(keep);
        List<JournaledPatch> old = journalRetention.ended(before, BATCH);
        for (JournaledPatch journaledPatch : old) {
            // Files first: what the journal no longer calls undropped, nobody would look for again.
            logs.drop(journaledPatch);
            view.drop(journaledPatch);
            journalRetention.drop(journaledPatch);
        }
        if (!old.isEmpty()) {
            LOG.infof("results dropped patches=%d endedBefore=%s", old.size(), before);
        }
        return old.size();
    }
}
