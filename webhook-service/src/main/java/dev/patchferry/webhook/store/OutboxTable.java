package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.sqlite.HotStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code outbox}. Every method works within its caller's transaction. */
final class OutboxTable {
    private static final HotStatement ENQUEUE = new HotStatement("""
            INSERT INTO outbox (seq, patch_id, workspace, enqueued_at, next_attempt_at, failures)
            VALUES (?1, ?2, ?3, ?4, ?4, 0)
            """);

    private static final HotStatement UNSENT = new HotStatement("""
            SELECT 1 FROM outbox JOIN patch ON patch.id = outbox.patch_id
            WHERE outbox.patch_id = ?1 AND patch.sent_at IS NULL
            """);

    private static final HotStatement REMOVE = new HotStatement("DELETE FROM outbox WHERE patch_id = ?1");

    private OutboxTable() {}

    static void enqueue(Handle handle, StoredPatch patch, Instant now) {
        ENQUEUE.run(handle, patch.seq(), patch.id().value(), patch.workspace().value(), Micros.of(now));
    }

    /** Whether the patch waits here and no request for it has ever left. */
    static boolean isUnsent(Handle handle, PatchId id) {
        return UNSENT.number(handle, id.value()).isPresent();
    }

    static void remove(Handle handle, PatchId id) {
        REMOVE.run(handle, id.value());
    }

    static void postpone(Handle handle, PatchId id, Instant due) {
        handle.execute(
                "UPDATE outbox SET next_attempt_at = ?, failures = failures + 1 WHERE patch_id = ?",
                Micros.of(due),
                id.value());
    }

    static List<WorkspaceName> lanes(Handle handle) {
        return handle.createQuery("SELECT DISTINCT workspace FROM outbox")
                .map((row, _) -> new WorkspaceName(row.getString("workspace")))
                .list();
    }

    static List<PatchId> patches(Handle handle) {
        return handle.createQuery("SELECT patch_id FROM outbox ORDER BY seq")
                .map((row, _) -> new PatchId(row.getString("patch_id")))
                .list();
    }

    static Optional<Parcel> head(Handle handle, WorkspaceName lane) {
        return handle.createQuery("""
                        SELECT patch.id, patch.workspace, patch.content_hash, patch.principal, patch.roles,
                               patch.sent_at, patch.document,
                               outbox.enqueued_at, outbox.next_attempt_at, outbox.failures
                        FROM outbox JOIN patch ON patch.id = outbox.patch_id
                        WHERE outbox.workspace = :lane
                        ORDER BY outbox.seq
                        LIMIT 1
                        """)
                .bind("lane", lane.value())
                .map((row, _) -> parcel(row))
                .findOne();
    }

    static Optional<Instant> nextAttemptAt(Handle handle, PatchId id) {
        return handle.createQuery("SELECT next_attempt_at FROM outbox WHERE patch_id = :id")
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

    private static Parcel parcel(ResultSet row) throws SQLException {
        return new Parcel(
                new PatchId(row.getString("id")),
                new WorkspaceName(row.getString("workspace")),
                new ContentHash(row.getString("content_hash")),
                Sender.of(row.getString("principal"), row.getString("roles")),
                Micros.instant(row.getLong("enqueued_at")),
                Micros.instant(row.getLong("next_attempt_at")),
                row.getInt("failures"),
                row.getObject("sent_at") != null,
                RawDocument.of(row.getBytes("document")));
    }
}
