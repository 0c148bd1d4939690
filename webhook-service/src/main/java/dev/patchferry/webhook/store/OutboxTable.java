package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.sqlite.CachedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code outbox}: lanes of {@code seq}, each in order. Every method works within its caller's transaction. */
final class OutboxTable {
    private static final CachedStatement ENQUEUE = new CachedStatement("""
            INSERT INTO outbox (workspace, seq, enqueued_at, next_attempt_at, failures) VALUES (?1, ?2, ?3, ?3, 0)
            """);

    private static final CachedStatement UNSENT = new CachedStatement("""
            SELECT 1 FROM patch JOIN outbox USING (workspace, seq) WHERE patch.id = ?1 AND patch.sent_at IS NULL
            """);

    private static final CachedStatement REMOVE = new CachedStatement("""
            DELETE FROM outbox WHERE (workspace, seq) = (SELECT workspace, seq FROM patch WHERE id = ?1)
            """);

    private OutboxTable() {}

    static void enqueue(Handle handle, StoredPatch patch, Instant now) {
        ENQUEUE.run(handle, patch.workspace().value(), patch.seq(), Micros.of(now));
    }

    /** Whether the patch waits here and no request for it has ever left. */
    static boolean isUnsent(Handle handle, PatchId id) {
        return UNSENT.number(handle, id.value()).isPresent();
    }

    static void remove(Handle handle, PatchId id) {
        REMOVE.run(handle, id.value());
    }

    static void postpone(Handle handle, PatchId id, Instant due) {
        handle.execute("""
                UPDATE outbox SET next_attempt_at = ?, failures = failures + 1
                WHERE (workspace, seq) = (SELECT workspace, seq FROM patch WHERE id = ?)
                """, Micros.of(due), id.value());
    }

    static List<WorkspaceName> lanes(Handle handle) {
        return handle.createQuery("SELECT DISTINCT workspace FROM outbox")
                .map((row, _) -> new WorkspaceName(row.getString("workspace")))
                .list();
    }

    static List<PatchId> patches(Handle handle) {
        return handle.createQuery("SELECT id FROM outbox JOIN patch USING (seq) ORDER BY seq")
                .map((row, _) -> new PatchId(row.getString("id")))
                .list();
    }

    static Optional<OutboxEntry> head(Handle handle, WorkspaceName lane) {
        return handle.createQuery("""
                        SELECT patch.id, patch.workspace, patch.content_hash, patch.hash_rule, patch.principal, patch.roles,
                               patch.sent_at, document.body,
                               outbox.enqueued_at, outbox.next_attempt_at, outbox.failures
                        FROM outbox JOIN patch USING (seq) JOIN document USING (seq)
                        WHERE outbox.workspace = :lane
                        ORDER BY outbox.seq
                        LIMIT 1
                        """)
                .bind("lane", lane.value())
                .map((row, _) -> entry(row))
                .findOne();
    }

    static Optional<Instant> nextAttemptAt(Handle handle, PatchId id) {
        return handle.createQuery("""
                        SELECT next_attempt_at FROM patch JOIN outbox USING (workspace, seq) WHERE patch.id = :id
                        """)
                .bind("id", id.value())
                .mapTo(Long.class)
                .findOne()
                .map(Micros::instant);
    }

    static int depth(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM outbox")
                .mapTo(Integer.class)
                .one();
    }

    private static OutboxEntry entry(ResultSet row) throws SQLException {
        return new OutboxEntry(
                new PatchId(row.getString("id")),
                new WorkspaceName(row.getString("workspace")),
                new ContentHash(row.getString("content_hash")),
                HashRule.numbered(row.getInt("hash_rule")),
                Sender.of(row.getString("principal"), row.getString("roles")),
                Micros.instant(row.getLong("enqueued_at")),
                Micros.instant(row.getLong("next_attempt_at")),
                row.getInt("failures"),
                row.getObject("sent_at") != null,
                RawDocument.of(row.getBytes("body")));
    }
}
