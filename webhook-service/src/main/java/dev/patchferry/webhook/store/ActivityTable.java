package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.AuditEntry.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code audit_note}, and the numbers in {@code history}. Every method works within its caller's transaction. */
final class ActivityTable {
    /** The number before the next; the single writer makes adding one safe. */
    static final String LAST_NUMBER = """
            SELECT max((SELECT coalesce(max(number), 0) FROM history WHERE number IS NOT NULL),
                       (SELECT coalesce(max(number), 0) FROM audit_note))
            """;

    /** So many refusals are kept; each is a minute of one kind of them. */
    private static final int REFUSALS = 200_000;

    private static final int MOST_NOTES = 1_000;

    private static final String CHANGES = """
            SELECT h.number, h.status, h.at, h.reason, p.seq, p.id, p.principal, p.workspace, p.content_hash
            FROM history h JOIN patch p ON p.id = h.patch_id
            """;

    private static final String ACCEPTANCES = """
            SELECT seq, id, principal, workspace, content_hash, accepted_at AS at, address, forwarded_for FROM patch
            """;

    private ActivityTable() {}

    static FeedCursor end(Handle handle) {
        long accepted = handle.createQuery("SELECT coalesce(max(seq), 0) FROM patch")
                .mapTo(Long.class)
                .one();
        return new FeedCursor(
                accepted, handle.createQuery(LAST_NUMBER).mapTo(Long.class).one());
    }

    static List<ActivityEvent> acceptances(Handle handle, long after, int most) {
        return handle.createQuery(ACCEPTANCES + "WHERE seq > :after ORDER BY seq LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> acceptance(row))
                .list();
    }

    /** States and notes in the order of the number that they share. */
    static List<ActivityEvent> others(Handle handle, long after, int most) {
        List<ActivityEvent> changes = handle.createQuery(
                        CHANGES + "WHERE h.number > :after ORDER BY h.number LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> change(row))
                .list();
        List<ActivityEvent> notes = handle.createQuery(
                        "SELECT * FROM audit_note WHERE number > :after ORDER BY number LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> noted(row))
                .list();
        List<ActivityEvent> both = inOrder(changes, notes);
        return both.subList(0, Math.min(most, both.size()));
    }

    /** The same, the newest first, up to and with a number. */
    static List<ActivityEvent> acceptancesUntil(Handle handle, long last, int most) {
        return handle.createQuery(ACCEPTANCES + "WHERE seq <= :last ORDER BY seq DESC LIMIT :most")
                .bind("last", last)
                .bind("most", most)
                .map((row, _) -> acceptance(row))
                .list();
    }

    /** The same, the newest first, up to and with a number. */
    static List<ActivityEvent> othersUntil(Handle handle, long last, int most) {
        List<ActivityEvent> changes = handle.createQuery(
                        CHANGES + "WHERE h.number <= :last ORDER BY h.number DESC LIMIT :most")
                .bind("last", last)
                .bind("most", most)
                .map((row, _) -> change(row))
                .list();
        List<ActivityEvent> notes = handle.createQuery(
                        "SELECT * FROM audit_note WHERE number <= :last ORDER BY number DESC LIMIT :most")
                .bind("last", last)
                .bind("most", most)
                .map((row, _) -> noted(row))
                .list();
        List<ActivityEvent> both = inOrder(changes, notes).reversed();
        return both.subList(0, Math.min(most, both.size()));
    }

    static List<ActivityEvent> about(Handle handle, PatchId id) {
        List<ActivityEvent> all = new ArrayList<>(handle.createQuery(ACCEPTANCES + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> acceptance(row))
                .list());
        List<ActivityEvent> changes = handle.createQuery(CHANGES + "WHERE h.patch_id = :id AND h.number IS NOT NULL")
                .bind("id", id.value())
                .map((row, _) -> change(row))
                .list();
        List<ActivityEvent> notes = handle.createQuery(
                        "SELECT * FROM audit_note WHERE patch_id = :id ORDER BY number DESC LIMIT :most")
                .bind("id", id.value())
                .bind("most", MOST_NOTES)
                .map((row, _) -> noted(row))
                .list();
        all.addAll(inOrder(changes, notes));
        return all;
    }

    private static List<ActivityEvent> inOrder(List<ActivityEvent> some, List<ActivityEvent> others) {
        List<ActivityEvent> both = new ArrayList<>(some);
        both.addAll(others);
        both.sort(Comparator.comparingLong(ActivityEvent::number));
        return both;
    }

    static void note(Handle handle, AuditEntry auditEntry) {
        handle.createUpdate("""
                        INSERT INTO audit_note (number, at, kind, outcome, principal, address, forwarded_for, patch_id,
                                                content_hash, detail, count)
                        VALUES ((%s) + 1, :at, :kind, :outcome, :principal, :address, :forwarded, :patch, :hash, :detail,
                                :count)
                        """.formatted(LAST_NUMBER))
                .bind("at", Micros.of(auditEntry.at()))
                .bind("kind", auditEntry.kind().name().toLowerCase(Locale.ROOT))
                .bind("outcome", auditEntry.outcome())
                .bind("principal", auditEntry.principal())
                .bind("address", auditEntry.from().address())
                .bind("forwarded", auditEntry.from().forwardedFor())
                .bind("patch", auditEntry.patchId())
                .bind("hash", auditEntry.contentHash())
                .bind("detail", auditEntry.detail())
                .bind("count", auditEntry.count())
                .execute();
    }

    static void forgetOldRefusals(Handle handle) {
        handle.execute("""
                DELETE FROM audit_note WHERE kind = 'refused' AND number <= (
                    SELECT number FROM audit_note WHERE kind = 'refused' ORDER BY number DESC LIMIT 1 OFFSET ?)
                """, REFUSALS);
    }

    private static ActivityEvent acceptance(ResultSet row) throws SQLException {
        Instant at = Micros.instant(row.getLong("at"));
        return changed(row, row.getLong("seq"), true, HistoryTable.accepted(at), origin(row));
    }

    private static ActivityEvent change(ResultSet row) throws SQLException {
        StatusChange change = new StatusChange(
                PatchStatus.named(row.getString("status")).orElseThrow(),
                Micros.instant(row.getLong("at")),
                row.getString("reason"));
        return changed(row, row.getLong("number"), false, change, RequestOrigin.UNKNOWN);
    }

    private static RequestOrigin origin(ResultSet row) throws SQLException {
        return new RequestOrigin(
                Optional.ofNullable(row.getString("address")), Optional.ofNullable(row.getString("forwarded_for")));
    }

    private static ActivityEvent changed(
            ResultSet row, long number, boolean accepted, StatusChange change, RequestOrigin from) throws SQLException {
        return new ActivityEvent.Changed(
                number,
                accepted,
                row.getLong("seq"),
                new PatchId(row.getString("id")),
                row.getString("principal"),
                new WorkspaceName(row.getString("workspace")),
                new ContentHash(row.getString("content_hash")),
                change,
                from);
    }

    private static ActivityEvent noted(ResultSet row) throws SQLException {
        AuditEntry auditEntry = new AuditEntry(
                Micros.instant(row.getLong("at")),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("outcome"),
                Optional.ofNullable(row.getString("principal")),
                origin(row),
                Optional.ofNullable(row.getString("patch_id")),
                Optional.ofNullable(row.getString("content_hash")),
                row.getString("detail"),
                row.getInt("count"));
        return new ActivityEvent.Noted(row.getLong("number"), auditEntry);
    }
}
