package dev.patchferry.runner.journal;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.redaction.Redactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The numbered events of the journal. Owns the table {@code events}. */
public final class EventLog {
    private final SqliteDatabase database;
    private final Clock clock;
    private final RandomGenerator random;
    private final Redactions redactions;

    /** Of patches in whose texts only the shapes of tokens are looked for. */
    public EventLog(SqliteDatabase database, Clock clock, RandomGenerator random) {
        this(database, clock, random, Redactions.NONE);
    }

    /**
     * Over the journal's database.
     *
     * @param redactions what no event may show
     */
    public EventLog(SqliteDatabase database, Clock clock, RandomGenerator random, Redactions redactions) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.redactions = redactions;
    }

    /** A reason as it may be shown; none is written otherwise. */
    String shown(JournaledPatch journaledPatch, String reason) {
        return redactions.of(journaledPatch.workspace()).text(reason);
    }

    NextState shown(JournaledPatch journaledPatch, NextState step) {
        return step.saying(shown(journaledPatch, step.reason()));
    }

    PatchOffer shown(PatchOffer patchOffer) {
        return patchOffer.withTexts(redactions.of(patchOffer.workspace())::text);
    }

    /** Whether this journal gave out this cursor. */
    public boolean knows(EventCursor cursor) {
        return cursor.equals(EventCursor.START) || database.read(handle -> knows(handle, cursor));
    }

    private static boolean knows(Handle handle, EventCursor cursor) {
        EventCursor origin = JournalOrigin.read(handle);
        if (cursor.number() <= origin.number()) {
            return cursor.equals(origin);
        }
        return handle.createQuery("SELECT nonce FROM events WHERE number = :number")
                .bind("number", cursor.number())
                .mapTo(String.class)
                .findFirst()
                .filter(cursor.nonce()::equals)
                .isPresent();
    }

    /** The newest event; the origin if there is none behind it. */
    public EventCursor newest() {
        return database.read(handle -> {
            EventCursor origin = JournalOrigin.read(handle);
            return handle.createQuery(
                            "SELECT number, nonce FROM events WHERE number > :origin ORDER BY number DESC LIMIT 1")
                    .bind("origin", origin.number())
                    .map((row, context) -> new EventCursor(row.getLong("number"), row.getString("nonce")))
                    .findFirst()
                    .orElse(origin);
        });
    }

    /** The newest event about a patch. */
    public Optional<EventCursor> newest(JournaledPatch journaledPatch) {
        return database.read(handle -> newest(handle, journaledPatch));
    }

    static Optional<EventCursor> newest(Handle handle, JournaledPatch journaledPatch) {
        return handle.createQuery(
                        "SELECT number, nonce FROM events WHERE patch_seq = :seq ORDER BY number DESC LIMIT 1")
                .bind("seq", journaledPatch.seq())
                .map((row, context) -> new EventCursor(row.getLong("number"), row.getString("nonce")))
                .findFirst();
    }

    /** Events after a cursor, at most this many, in order. */
    public List<PatchEvent> after(EventCursor cursor, int most) {
        return database.read(handle -> handle.createQuery("""
                        SELECT e.*, p.id, p.content_hash
                        FROM events e JOIN patches p ON p.seq = e.patch_seq
                        WHERE e.number > :number ORDER BY e.number LIMIT :most
                        """)
                .bind("number", cursor.number())
                .bind("most", most)
                .map(EventLog::event)
                .list());
    }

    /** Every state a patch came to, oldest first. */
    public List<StatusChange> history(JournaledPatch journaledPatch) {
        return database.read(handle -> handle.createQuery(
                        "SELECT status, at, reason FROM events WHERE patch_seq = :seq ORDER BY number")
                .bind("seq", journaledPatch.seq())
                .map((row, context) -> new StatusChange(
                        RowMappers.status(row), Instant.ofEpochMilli(row.getLong("at")), row.getString("reason")))
                .list());
    }

    /** The receipt of a patch's last attempt, once it ended. */
    public Optional<Receipt> receipt(JournaledPatch journaledPatch) {
        return database.read(handle -> handle.createQuery("""
                        SELECT receipt FROM events
                        WHERE patch_seq = :seq AND attempt = :attempt AND receipt IS NOT NULL
                        ORDER BY number DESC LIMIT 1
                        """)
                .bind("seq", journaledPatch.seq())
                .bind("attempt", journaledPatch.attempt())
                .mapTo(String.class)
                .findFirst()
                .map(json -> RowMappers.read(json, Receipt.class)));
    }

    /** Adds the event of the state an entry just came to, in the transaction that brought it there. */
    void append(Handle handle, JournaledPatch journaledPatch, Optional<Receipt> receipt) {
        handle.createUpdate("""
                        INSERT INTO events (nonce, patch_seq, attempt, status, reason, at, receipt)
                        VALUES (:nonce, :seq, :attempt, :status, :reason, :at, :receipt)
                        """)
                .bind("nonce", HexFormat.of().toHexDigits(random.nextLong()))
                .bind("seq", journaledPatch.seq())
                .bind("attempt", journaledPatch.attempt())
                .bind("status", journaledPatch.status().wireName())
                .bind("reason", journaledPatch.reason())
                .bind("at", clock.millis())
                .bind(
                        "receipt",
                        receipt.map(whole -> RowMappers.write(redactions.receipt(journaledPatch.workspace(), whole))))
                .execute();
    }

    private static PatchEvent event(ResultSet row, StatementContext context) throws SQLException {
        return new PatchEvent(
                new EventCursor(row.getLong("number"), row.getString("nonce")),
                new PatchId(row.getString("id")),
                new ContentHash(row.getString("content_hash")),
                row.getInt("attempt"),
                RowMappers.status(row),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("at")),
                Optional.ofNullable(row.getString("receipt")).map(json -> RowMappers.read(json, Receipt.class)));
    }
}
