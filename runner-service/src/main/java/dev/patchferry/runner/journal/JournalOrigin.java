package dev.patchferry.runner.journal;

import dev.patchferry.contract.EventCursor;
import org.jdbi.v3.core.Handle;

/** The table {@code origin}: where this journal begins, and which home it was written in. */
final class JournalOrigin {
    private JournalOrigin() {}

    static EventCursor read(Handle handle) {
        return handle.createQuery("SELECT number, nonce FROM origin")
                .map((row, context) -> new EventCursor(row.getLong("number"), row.getString("nonce")))
                .one();
    }

    /** Whether this journal was written in this home, or nowhere yet. */
    static boolean isIn(Handle handle, String home) {
        return handle.createQuery("SELECT home IS NULL OR home = :home FROM origin")
                .bind("home", home)
                .mapTo(Boolean.class)
                .one();
    }

    static int settleIn(Handle handle, String home) {
        return handle.execute("UPDATE origin SET home = ?", home);
    }

    /** From now on the journal begins behind its last event, and knows no cursor that it gave out before. */
    static void move(Handle handle) {
        handle.execute("""
                UPDATE origin SET nonce = lower(hex(randomblob(8))),
                                  number = (SELECT coalesce(max(number), 0) FROM events)
                """);
    }
}
