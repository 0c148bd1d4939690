package dev.patchferry.webhook.store;

import dev.patchferry.foundation.sqlite.CachedStatement;
import org.jdbi.v3.core.Handle;

/** The table {@code document}: what was sent, beside the row that changes. Works within its caller's transaction. */
final class DocumentTable {
    private static final CachedStatement INSERT =
            new CachedStatement("INSERT INTO document (seq, body) VALUES (?1, ?2)");

    private DocumentTable() {}

    static void insert(Handle handle, long seq, RawDocument document) {
        INSERT.run(handle, seq, document.bytes());
    }

    static void drop(Handle handle, String patchId) {
        handle.execute("DELETE FROM document WHERE seq = (SELECT seq FROM patch WHERE id = ?)", patchId);
    }
}
