package dev.patchferry.webhook.store;

import dev.patchferry.contract.EventCursor;
import org.jdbi.v3.core.Handle;

/** The table {@code journal_cursor}. One runner so far, so one row; its key is the place for more. */
final class CursorTable {
    private static final String JOURNAL = "runner";

    private CursorTable() {}

    static EventCursor read(Handle handle) {
        return handle.createQuery("SELECT cursor FROM journal_cursor WHERE journal = :journal")
                .bind("journal", JOURNAL)
                .mapTo(String.class)
                .findOne()
                .flatMap(EventCursor::parse)
                .orElse(EventCursor.START);
    }

    static void begin(Handle handle, EventCursor cursor) {
        handle.execute(
                "INSERT OR IGNORE INTO journal_cursor (journal, cursor) VALUES (?, ?)", JOURNAL, cursor.toString());
    }

    static void write(Handle handle, EventCursor cursor) {
        handle.execute("""
                INSERT INTO journal_cursor (journal, cursor) VALUES (?, ?)
                ON CONFLICT (journal) DO UPDATE SET cursor = excluded.cursor
                """, JOURNAL, cursor.toString());
    }
}
