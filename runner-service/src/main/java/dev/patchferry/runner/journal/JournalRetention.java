package dev.patchferry.runner.journal;

import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Drops what of the journal is not kept for ever: documents and receipts. Every id and every event stays. */
public final class JournalRetention {
    private final SqliteDatabase database;
    private final Clock clock;

    public JournalRetention(SqliteDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Patches that ended before this time and still have their document, longest accepted first. */
    public List<JournaledPatch> ended(Instant before, int most) {
        // Word for word the condition of the index, or SQLite cannot use it.
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM patches INDEXED BY patches_to_drop
                        WHERE dropped_at IS NULL
                          AND status IN ('succeeded', 'failed', 'timed_out', 'cancelled', 'interrupted', 'previewed',
                                         'rejected', 'undeliverable', 'undone')
                          AND accepted_at < :before
                          AND (SELECT at FROM events WHERE patch_seq = patches.seq ORDER BY number DESC LIMIT 1)
                              < :before
                        ORDER BY accepted_at LIMIT :most
                        """)
                .bind("before", before.toEpochMilli())
                .bind("most", most)
                .map(RowMappers::entry)
                .list());
    }

    /**
     * Drops the document and the receipts of a patch, unless it came to another state meanwhile.
     *
     * @return whether they are dropped
     */
    public boolean drop(JournaledPatch journaledPatch) {
        return database.write(handle -> {
            int dropped = handle.execute(
                    "UPDATE patches SET dropped_at = ? WHERE seq = ? AND status = ? AND attempt = ?",
                    clock.millis(),
                    journaledPatch.seq(),
                    journaledPatch.status().wireName(),
                    journaledPatch.attempt());
            if (dropped > 0) {
                handle.execute("DELETE FROM documents WHERE seq = ?", journaledPatch.seq());
                handle.execute("UPDATE events SET receipt = NULL WHERE patch_seq = ?", journaledPatch.seq());
            }
            return dropped > 0;
        });
    }
}
