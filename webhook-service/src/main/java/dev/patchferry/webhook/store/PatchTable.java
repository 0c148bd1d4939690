package dev.patchferry.webhook.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.sqlite.CachedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table {@code patch}. Every method works within its caller's transaction. */
final class PatchTable {
    private static final String SELECT = """
            SELECT id, seq, principal, workspace, content_hash, status, reason, attempt, accepted_at, changed_at,
                   forwarded_at, receipt, dropped_at
            FROM patch
            """;

    /** The key is the next in order, since no row is ever deleted. */
    private static final CachedStatement INSERT = new CachedStatement("""
            INSERT INTO patch (id, principal, roles, workspace, content_hash, status, reason, attempt,
                               accepted_at, changed_at, address, forwarded_for, hash_rule)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?8, ?9, ?10, ?11)
            ON CONFLICT (id) DO NOTHING
            RETURNING seq
            """);

    private static final CachedStatement CHANGE = new CachedStatement("""
            UPDATE patch
            SET status = ?1, reason = ?2, changed_at = ?3, attempt = ?4, receipt = ?5, dropped_at = NULL
            WHERE id = ?6
            """);

    private static final CachedStatement FORWARDED = new CachedStatement("""
            UPDATE patch SET forwarded_at = coalesce(forwarded_at, ?1), sent_at = coalesce(sent_at, ?1) WHERE id = ?2
            """);

    private static final List<String> UNSURE = Stream.of(PatchStatus.values())
            .filter(status -> !status.isTerminal() || status == PatchStatus.UNDELIVERABLE)
            .map(PatchStatus::wireName)
            .toList();

    private static final List<String> UNFINISHED = Stream.of(PatchStatus.values())
            .filter(status -> !status.isTerminal())
            .map(PatchStatus::wireName)
            .toList();

    private PatchTable() {}

    /** The new row; empty if the id is taken. */
    static Optional<StoredPatch> insert(Handle handle, NewPatch patch, StatusChange first) {
        OptionalLong seq = INSERT.number(
                handle,
                patch.id().value(),
                patch.sender().principal(),
                patch.sender().joinedRoles(),
                patch.workspace().value(),
                patch.hash().hex(),
                first.status().wireName(),
                first.reason(),
                Micros.of(first.at()),
                patch.from().address().orElse(null),
                patch.from().forwardedFor().orElse(null),
                patch.hashRule().number());
        return seq.isPresent() ? Optional.of(StoredPatch.fresh(patch, seq.getAsLong(), first)) : Optional.empty();
    }

    static Optional<StoredPatch> find(Handle handle, PatchId id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id.value())
                .map((row, _) -> patch(row))
                .findOne();
    }

    static StoredPatch require(Handle handle, PatchId id) {
        return find(handle, id).orElseThrow(() -> new IllegalStateException("no row for a patch just seen"));
    }

    /** Whether a document is the one that is stored, by the rule that was in force when it was. */
    static boolean isSame(Handle handle, StoredPatch stored, NewPatch sent) {
        HashRule rule = HashRule.numbered(handle.createQuery("SELECT hash_rule FROM patch WHERE seq = :seq")
                .bind("seq", stored.seq())
                .mapTo(Integer.class)
                .one());
        return stored.hash().equals(sent.hash())
                || (rule != sent.hashRule()
                        && PatchDocument.isContent(sent.document().bytes(), rule, stored.hash()));
    }

    /** The patch of this sender with this content that has not ended; the first one, should there be several. */
    static Optional<StoredPatch> underWay(Handle handle, NewPatch sent) {
        // Few patches are under way and a principal may have very many: + keeps SQLite from its index of principals.
        return handle.createQuery(SELECT + """
                        WHERE status IN (<unfinished>) AND +principal = :principal AND +workspace = :workspace
                          AND content_hash = :hash
                        ORDER BY seq LIMIT 1
                        """)
                .bindList("unfinished", UNFINISHED)
                .bind("principal", sent.sender().principal())
                .bind("workspace", sent.workspace().value())
                .bind("hash", sent.hash().hex())
                .map((row, _) -> patch(row))
                .findOne();
    }

    static boolean exists(Handle handle, PatchId id) {
        return handle.createQuery("SELECT count(*) FROM patch WHERE id = :id")
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static List<StoredPatch> list(Handle handle, PatchQuery wanted) {
        boolean newest = wanted.order() == PatchQuery.Order.NEWEST;
        String sql = SELECT
                + (newest ? "WHERE seq < :after\n" : "WHERE seq > :after\n")
                + (wanted.statuses().isEmpty() ? "" : "AND status IN (<statuses>)\n")
                + (wanted.workspace().isPresent() ? "AND workspace = :workspace\n" : "")
                + (wanted.principal().isPresent() ? "AND principal = :principal\n" : "")
                + (wanted.within().isPresent() ? "AND workspace IN (<within>)\n" : "")
                + (newest ? "ORDER BY seq DESC LIMIT :limit" : "ORDER BY seq LIMIT :limit");
        Query query = handle.createQuery(sql)
                .bind("after", wanted.after().orElse(newest ? Long.MAX_VALUE : -1))
                .bind("limit", wanted.limit());
        if (!wanted.statuses().isEmpty()) {
            query.bindList(
                    "statuses",
                    wanted.statuses().stream().map(PatchStatus::wireName).toList());
        }
        wanted.workspace().ifPresent(workspace -> query.bind("workspace", workspace.value()));
        wanted.principal().ifPresent(principal -> query.bind("principal", principal));
        wanted.within()
                .ifPresent(some -> query.bindList(
                        "within", some.stream().map(WorkspaceName::value).toList()));
        return query.map((row, _) -> patch(row)).list();
    }

    /** Writes the state that the patch is in now. */
    static void change(Handle handle, StoredPatch patch) {
        CHANGE.run(
                handle,
                patch.status().wireName(),
                patch.reason(),
                Micros.of(patch.changedAt()),
                patch.attempt(),
                patch.receipt().map(PatchTable::json).orElse(null),
                patch.id().value());
    }

    static void markSent(Handle handle, PatchId id, Instant at) {
        handle.execute("UPDATE patch SET sent_at = coalesce(sent_at, ?) WHERE id = ?", Micros.of(at), id.value());
    }

    /** Undoes {@link #markSent} once it is certain that nothing left. */
    static void markUnsent(Handle handle, PatchId id) {
        handle.execute("UPDATE patch SET sent_at = NULL WHERE id = ? AND forwarded_at IS NULL", id.value());
    }

    static void markForwarded(Handle handle, PatchId id, Instant at) {
        FORWARDED.run(handle, Micros.of(at), id.value());
    }

    static List<PatchId> underway(Handle handle) {
        return handle.createQuery("""
                        SELECT id FROM patch
                        WHERE sent_at IS NOT NULL AND status IN (<unsure>)
                        ORDER BY seq
                        """)
                .bindList("unsure", UNSURE)
                .map((row, _) -> new PatchId(row.getString("id")))
                .list();
    }

    private static StoredPatch patch(ResultSet row) throws SQLException {
        return new StoredPatch(
                new PatchId(row.getString("id")),
                row.getLong("seq"),
                row.getString("principal"),
                new WorkspaceName(row.getString("workspace")),
                new ContentHash(row.getString("content_hash")),
                PatchStatus.named(row.getString("status")).orElseThrow(),
                row.getString("reason"),
                row.getInt("attempt"),
                Micros.instant(row.getLong("accepted_at")),
                Micros.instant(row.getLong("changed_at")),
                row.getObject("forwarded_at") != null,
                receipt(row.getString("receipt")),
                Optional.ofNullable((Number) row.getObject("dropped_at")).map(at -> Micros.instant(at.longValue())));
    }

    private static String json(Receipt receipt) {
        try {
            return Json.MAPPER.writeValueAsString(receipt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a receipt is always JSON", e);
        }
    }

    private static Optional<Receipt> receipt(@Nullable String json) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(json, Receipt.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored receipt cannot be read", e);
        }
    }
}
