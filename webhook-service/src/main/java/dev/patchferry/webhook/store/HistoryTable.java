package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.foundation.sqlite.CachedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code history}: every state of every patch, in the order they were learnt. The first, that it was accepted, is
 * its row in {@code patch} and is not written twice.
 */
final class HistoryTable {
    /** The first position is the row's own. */
    private static final CachedStatement APPEND = new CachedStatement("""
            INSERT INTO history (patch_id, position, status, at, reason, number)
            VALUES (?1, (SELECT coalesce(max(position), 1) + 1 FROM history WHERE patch_id = ?1), ?2, ?3, ?4, (%s) + 1)
            """.formatted(ActivityTable.LAST_NUMBER));

    private static final CachedStatement CONTAINS =
            new CachedStatement("SELECT 1 FROM history WHERE patch_id = ?1 AND status = ?2 AND at = ?3");

    private HistoryTable() {}

    /** The first state of a patch that is accepted now. */
    static StatusChange accepted(Instant at) {
        return new StatusChange(PatchStatus.ACCEPTED, at, "stored; waits to be forwarded to the runner");
    }

    /** Adds a state, with the next number of the activity log. */
    static void append(Handle handle, PatchId id, StatusChange change) {
        APPEND.run(handle, id.value(), change.status().wireName(), Micros.of(change.at()), change.reason());
    }

    static boolean contains(Handle handle, PatchId id, StatusChange change) {
        return CONTAINS.number(handle, id.value(), change.status().wireName(), Micros.of(change.at()))
                .isPresent();
    }

    static List<StatusChange> of(Handle handle, PatchId id) {
        return handle.createQuery("""
                        SELECT accepted_at AS at, NULL AS status, NULL AS reason, 0 AS position FROM patch WHERE id = :id
                        UNION ALL
                        SELECT at, status, reason, position FROM history WHERE patch_id = :id
                        ORDER BY position
                        """)
                .bind("id", id.value())
                .map((row, _) -> change(row))
                .list();
    }

    private static StatusChange change(ResultSet row) throws SQLException {
        Instant at = Micros.instant(row.getLong("at"));
        String status = row.getString("status");
        return status == null
                ? accepted(at)
                : new StatusChange(PatchStatus.named(status).orElseThrow(), at, row.getString("reason"));
    }
}
