package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code delivery_attempt}. */
final class AttemptTable {
    private AttemptTable() {}

    static void append(Handle handle, PatchId id, DeliveryAttempt attempt) {
        handle.createUpdate("""
                        INSERT INTO delivery_attempt (patch_id, position, at, outcome, http_status, duration_ms)
                        VALUES (:id, (SELECT coalesce(max(position), 0) + 1 FROM delivery_attempt WHERE patch_id = :id),
                                :at, :outcome, :status, :duration)
                        """)
                .bind("id", id.value())
                .bind("at", Micros.of(attempt.at()))
                .bind("outcome", attempt.outcome())
                .bind("status", attempt.httpStatus().orElse(null))
                .bind("duration", attempt.durationMs())
                .execute();
    }

    static List<DeliveryAttempt> of(Handle handle, PatchId id) {
        return handle.createQuery("""
                        SELECT at, outcome, http_status, duration_ms FROM delivery_attempt
                        WHERE patch_id = :id ORDER BY position
                        """)
                .bind("id", id.value())
                .map((row, _) -> new DeliveryAttempt(
                        Micros.instant(row.getLong("at")),
                        row.getString("outcome"),
                        Optional.ofNullable((Integer) row.getObject("http_status")),
                        row.getLong("duration_ms")))
                .list();
    }
}
