package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.foundation.sqlite.HotStatement;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code history}: every state of every patch, in the order they were learnt. */
final class HistoryTable {
    private static final HotStatement APPEND = new HotStatement("""
            INSERT INTO history (patch_id, position, status, at, reason)
            VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM history WHERE patch_id = ?1), ?2, ?3, ?4)
            """);

    private static final HotStatement CONTAINS =
            new HotStatement("SELECT 1 FROM history WHERE patch_id = ?1 AND status = ?2 AND at = ?3");

    private HistoryTable() {}

    static void append(Handle handle, PatchId id, StatusChange change) {
        APPEND.run(handle, id.value(), change.status().wireName(), Micros.of(change.at()), change.reason());
    }

    static boolean contains(Handle handle, PatchId id, StatusChange change) {
        return CONTAINS.number(handle, id.value(), change.status().wireName(), Micros.of(change.at()))
                .isPresent();
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
