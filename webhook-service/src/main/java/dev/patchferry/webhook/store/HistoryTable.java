package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code history}: every state of every patch, in the order they were learnt. */
final class HistoryTable {
    private HistoryTable() {}

    static void append(Handle handle, PatchId id, StatusChange change) {
        handle.createUpdate("""
                        INSERT INTO history (patch_id, position, status, at, reason)
                        SELECT :id, coalesce(max(position), 0) + 1, :status, :at, :reason
                        FROM history WHERE patch_id = :id
                        """)
                .bind("id", id.value())
                .bind("status", change.status().wireName())
                .bind("at", Micros.of(change.at()))
                .bind("reason", change.reason())
                .execute();
    }

    static boolean contains(Handle handle, PatchId id, StatusChange change) {
        return handle.createQuery("""
                        SELECT count(*) FROM history WHERE patch_id = :id AND status = :status AND at = :at
                        """)
                        .bind("id", id.value())
                        .bind("status", change.status().wireName())
                        .bind("at", Micros.of(change.at()))
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static List<StatusChange> of(Handle handle, PatchId id) {
        return handle.createQuery("SELECT status, at, reason FROM history WHERE patch_id = :id ORDER BY position")
                .bind("id", id.value())
                .map((row, _) -> new StatusChange(
                        PatchStatus.named(row.getString("status")).orElseThrow(),
                        Micros.instant(row.getLong("at")),
                        row.getString("reason")))
                .list();
    }
}
