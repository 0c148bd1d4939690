package dev.patchferry.webhook.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What of a patch is not kept for ever. Works within its caller's transaction. */
final class RetentionTable {
    private RetentionTable() {}

    /** The patches that ended before this time and still have their results, longest ended first. */
    static List<String> ended(Handle handle, Instant before, int most) {
        // Word for word the condition of the index patch_to_drop, or SQLite does not use it.
        return handle.createQuery("""
                        SELECT id FROM patch INDEXED BY patch_to_drop
                        WHERE dropped_at IS NULL
                          AND status IN ('succeeded', 'failed', 'timed_out', 'cancelled', 'interrupted', 'previewed',
                                         'rejected', 'undeliverable', 'undone')
                          AND changed_at < :before
                        ORDER BY changed_at LIMIT :most
                        """)
                .bind("before", Micros.of(before))
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    static void drop(Handle handle, String id, Instant now) {
        handle.execute("UPDATE patch SET receipt = NULL, dropped_at = ? WHERE id = ?", Micros.of(now), id);
        DocumentTable.drop(handle, id);
        handle.execute("DELETE FROM delivery_attempt WHERE patch_id = ?", id);
    }
}
