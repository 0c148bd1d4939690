package dev.patchferry.webhook.store;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.Note.Kind;
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
final class ChronicleTable {
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

    private ChronicleTable() {}

    static Place end(Handle handle) {
        long accepted = handle.createQuery("SELECT coalesce(max(seq), 0) FROM patch")
                .mapTo(Long.class)
                .one();
        return new Place(
                accepted, handle.createQuery(LAST_NUMBER).mapTo(Long.class).one());
    }

    static List<Happening> acceptances(Handle handle, long after, int most) {
        return handle.createQuery(ACCEPTANCES + "WHERE seq > :after ORDER BY seq LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> acceptance(row))
                .list();
    }

    /** States and notes in the order of the number that they share. */
    static List<Happening> others(Handle handle, long after, int most) {
        List<Happening> changes = handle.createQuery(CHANGES + "WHERE h.number > :after ORDER BY h.number LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> change(row))
                .list();
        List<Happening> notes = handle.createQuery(
                        "SELECT * FROM audit_note WHERE number > :after ORDER BY number LIMIT :most")
                .bind("after", after)
                .bind("most", most)
                .map((row, _) -> noted(row))
                .list();
        List<Happening> both = inOrder(changes, notes);
        return both.subList(0, Math.min(most, both.size()));
    }

    /** The same, the newest first, up to and with a number. */
    static List<Happening> acceptancesUntil(Handle handle, long last, int most) {
        return handle.createQuery(ACCEPTANCES + "WHERE seq <= :last ORDER BY seq DESC LIMIT :most")
                .bind("last", last)
                .bind("most", most)
                .map((row, _) -> acceptance(row))
                .list();
    }

    /** The same, the newest first, up to and with a number. */
    static List<Happening> othersUntil(Handle handle, long last, int most) {
        List<Happening> changes = handle.createQuery(
                        CHANGES + "WHERE h.number <= :last ORDER BY h.number DESC LIMIT :most")
                .bind("last", last)
                .bind("most", most)
                .map((row, _) -> change(row))
                .list();
        List<Happening> notes = handle.createQuery(
                        "SELECT * FROM audit_note WHERE number <= :last ORDER BY number DESC LIMIT :most")
                .bind("last", last)
                .bind("most", most)
                .map((row, _) -> noted(row))
                .list();
        List<Happening> both = inOrder(changes, notes).reversed();
        return both.subList(0, Math.min(most, both.size()));
    }

    static List<Happening> about(Handle handle, PatchId id) {
        List<Happening> all = new ArrayList<>(handle.createQuery(ACCEPTANCES + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> acceptance(row))
                .list());
        List<Happening> changes = handle.createQuery(CHANGES + "WHERE h.patch_id = :id AND h.number IS NOT NULL")
                .bind("id", id.value())
                .map((row, _) -> change(row))
                .list();
        List<Happening> notes = handle.createQuery(
                        "SELECT * FROM audit_note WHERE patch_id = :id ORDER BY number DESC LIMIT :most")
                .bind("id", id.value())
                .bind("most", MOST_NOTES)
                .map((row, _) -> noted(row))
                .list();
        all.addAll(inOrder(changes, notes));
        return all;
    }

    private static List<Happening> inOrder(List<Happening> some, List<Happening> others) {
        List<Happening> both = new ArrayList<>(some);
        both.addAll(others);
        both.sort(Comparator.comparingLong(Happening::number));
        return both;
    }

    static void note(Handle handle, Note note) {
        handle.createUpdate("""
                        INSERT INTO audit_note (number, at, kind, outcome, principal, address, forwarded_for, patch_id,
                                                content_hash, detail, count)
                        VALUES ((%s) + 1, :at, :kind, :outcome, :principal, :address, :forwarded, :patch, :hash, :detail,
                                :count)
                        """.formatted(LAST_NUMBER))
                .bind("at", Micros.of(note.at()))
                .bind("kind", note.kind().name().toLowerCase(Locale.ROOT))
                .bind("outcome", note.outcome())
                .bind("principal", note.principal())
                .bind("address", note.from().address())
                .bind("forwarded", note.from().forwardedFor())
                .bind("patch", note.patchId())
                .bind("hash", note.contentHash())
                .bind("detail", note.detail())
                .bind("count", note.count())
                .execute();
    }

    static void forgetOldRefusals(Handle handle) {
        handle.execute("""
                DELETE FROM audit_note WHERE kind = 'refused' AND number <= (
                    SELECT number FROM audit_note WHERE kind = 'refused' ORDER BY number DESC LIMIT 1 OFFSET ?)
                """, REFUSALS);
    }

    private static Happening acceptance(ResultSet row) throws SQLException {
        Instant at = Micros.instant(row.getLong("at"));
        return changed(row, row.getLong("seq"), true, HistoryTable.accepted(at), origin(row));
    }

    private static Happening change(ResultSet row) throws SQLException {
        StatusChange change = new StatusChange(
                PatchStatus.named(row.getString("status")).orElseThrow(),
                Micros.instant(row.getLong("at")),
                row.getString("reason"));
        return changed(row, row.getLong("number"), false, change, Origin.UNKNOWN);
    }

    private static Origin origin(ResultSet row) throws SQLException {
        return new Origin(
                Optional.ofNullable(row.getString("address")), Optional.ofNullable(row.getString("forwarded_for")));
    }

    private static Happening changed(ResultSet row, long number, boolean accepted, StatusChange change, Origin from)
            throws SQLException {
        return new Happening.Changed(
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

    private static Happening noted(ResultSet row) throws SQLException {
        Note note = new Note(
                Micros.instant(row.getLong("at")),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("outcome"),
                Optional.ofNullable(row.getString("principal")),
                origin(row),
                Optional.ofNullable(row.getString("patch_id")),
                Optional.ofNullable(row.getString("content_hash")),
                row.getString("detail"),
                row.getInt("count"));
        return new Happening.Noted(row.getLong("number"), note);
    }
}
