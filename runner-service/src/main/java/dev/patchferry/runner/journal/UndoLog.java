package dev.patchferry.runner.journal;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import dev.patchferry.runner.journal.UndoRequest.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Writes what is asked and decided about undoing patches; each method returns when that is on disk. Owns the table {@code
 * undos}. Safe for use by several threads.
 */
public final class UndoLog {
    private final SqliteDatabase database;
    private final EventLog events;
    private final ChangeCounter changed;
    private final Clock clock;

    public UndoLog(SqliteDatabase database, EventLog events, ChangeCounter changed, Clock clock) {
        this.database = database;
        this.events = events;
        this.changed = changed;
        this.clock = clock;
    }

    /**
     * Asks for the patch to come to a state, unless it is in that state or the request is out of date. While the same
     * sender has asked for the same already and that has not ended, that request is the answer.
     *
     * @param about the newest event about the patch that the sender knows; if it is empty, whichever there is
     */
    public UndoAcceptance ask(
            JournaledPatch journaledPatch, PatchStatus target, Sender sender, Optional<EventCursor> about) {
        UndoAcceptance acceptance =
                database.write(handle -> accept(handle, journaledPatch.seq(), target, sender, about));
        changed.raise();
        return acceptance;
    }

    private UndoAcceptance accept(
            Handle handle, long seq, PatchStatus target, Sender sender, Optional<EventCursor> about) {
        JournaledPatch now = JournaledPatchTable.find(handle, seq);
        if (now.status() != PatchStatus.SUCCEEDED && now.status() != PatchStatus.UNDONE) {
            return new UndoAcceptance.WrongState(now);
        }
        List<UndoRequest> open = open(handle, now);
        // One that asks for the state that the patch is in changes nothing when its turn comes.
        if (open.stream().anyMatch(other -> other.target() != target && other.target() != now.status())) {
            return new UndoAcceptance.Opposed(now);
        }
        if (now.status() == target) {
            return new UndoAcceptance.Done(now);
        }
        Optional<UndoRequest> same = open.stream()
                .filter(other -> other.target() == target)
                .filter(other -> sender.equals(new Sender(other.principal(), other.roles())))
                .findFirst();
        if (same.isPresent()) {
            return new UndoAcceptance.Open(same.get());
        }
        return about.isEmpty() || about.equals(EventLog.newest(handle, now))
                ? new UndoAcceptance.Open(insert(handle, now, target, sender))
                : new UndoAcceptance.Stale(now);
    }

    /** The request as it is now. */
    public UndoRequest refresh(UndoRequest request) {
        return database.read(handle -> handle.createQuery("SELECT * FROM undos WHERE number = :number")
                .bind("number", request.number())
                .map(UndoLog::request)
                .one());
    }

    /** The request that has waited longest in a workspace, if no patch that came before it still waits. */
    public Optional<UndoRequest> nextWaiting(WorkspaceName workspace) {
        return database.read(handle -> handle.createQuery("""
                        SELECT u.*
                        FROM undos u INDEXED BY undos_by_state CROSS JOIN patches p ON p.seq = u.patch_seq
                        WHERE u.state = 'waiting' AND p.workspace = :workspace
                          AND NOT EXISTS (SELECT 1 FROM patches q INDEXED BY patches_waiting
                                          WHERE q.workspace = :workspace AND q.status = 'queued'
                                            AND coalesce(q.turn, q.seq) <= u.after_seq)
                        ORDER BY u.number LIMIT 1
                        """)
                .bind("workspace", workspace.value())
                .map(UndoLog::request)
                .findFirst());
    }

    /** What is running in a workspace. */
    public List<UndoRequest> running(WorkspaceName workspace) {
        return database.read(handle -> handle.createQuery("""
                        SELECT u.*
                        FROM undos u INDEXED BY undos_by_state CROSS JOIN patches p ON p.seq = u.patch_seq
                        WHERE u.state = 'running' AND p.workspace = :workspace ORDER BY u.number
                        """)
                .bind("workspace", workspace.value())
                .map(UndoLog::request)
                .list());
    }

    public UndoRequest started(UndoRequest request) {
        return database.write(handle -> move(handle, request, State.RUNNING, ""));
    }

    /** Everything is looked at and staged; the workspace is about to be changed. */
    public void committing(UndoRequest request, CommitRecord commit) {
        database.write(handle -> handle.createUpdate("UPDATE undos SET committing = :commit WHERE number = :number")
                .bind("commit", RowMappers.write(commit))
                .bind("number", request.number())
                .execute());
    }

    /** The commit that was under way, if one was. */
    public Optional<CommitRecord> commitUnderWay(UndoRequest request) {
        return database.read(handle -> handle.createQuery(
                        "SELECT committing FROM undos WHERE number = :number AND committing IS NOT NULL")
                .bind("number", request.number())
                .mapTo(String.class)
                .findFirst()
                .map(json -> RowMappers.read(json, CommitRecord.class)));
    }

    /** It cannot be done; the patch stays as it is. */
    public void refused(UndoRequest request, String reason) {
        database.write(handle -> {
            JournaledPatch journaledPatch = JournaledPatchTable.find(handle, request.patchSeq());
            return move(handle, request, State.REFUSED, events.shown(journaledPatch, reason));
        });
        changed.raise();
    }

    /** The patch is as asked for already. */
    public void needless(UndoRequest request) {
        database.write(handle -> move(handle, request, State.DONE, ""));
        changed.raise();
    }

    /** It is done, and the patch has come to the state that was asked for. */
    public JournaledPatch done(UndoRequest request, JournaledPatch journaledPatch, Receipt receipt) {
        Optional<JournaledPatch> reversed = database.write(handle -> {
            move(handle, request, State.DONE, "");
            NextState step = NextState.to(receipt.outcome(), receipt.reason(), journaledPatch.attempt());
            Optional<JournaledPatch> after =
                    JournaledPatchTable.move(handle, journaledPatch, events.shown(journaledPatch, step));
            after.ifPresent(changedTo -> events.append(handle, changedTo, Optional.of(receipt)));
            return after;
        });
        changed.raise();
        return reversed.orElseThrow();
    }

    /** Nothing that was asked for before is done any more. */
    static void refuseOpen(Handle handle, String reason) {
        handle.createUpdate("""
                        UPDATE undos SET state = 'refused', reason = :reason, committing = NULL
                        WHERE state IN ('waiting', 'running')
                        """).bind("reason", reason).execute();
    }

    private static List<UndoRequest> open(Handle handle, JournaledPatch journaledPatch) {
        return handle.createQuery("""
                        SELECT * FROM undos WHERE patch_seq = :seq AND state IN ('waiting', 'running') ORDER BY number
                        """)
                .bind("seq", journaledPatch.seq())
                .map(UndoLog::request)
                .list();
    }

    private UndoRequest insert(Handle handle, JournaledPatch journaledPatch, PatchStatus target, Sender sender) {
        return handle.createQuery("""
                        INSERT INTO undos (patch_seq, after_seq, target, principal, roles, state, reason, asked_at)
                        SELECT :seq, max(seq), :target, :principal, :roles, 'waiting', '', :at FROM patches
                        RETURNING *
                        """)
                .bind("seq", journaledPatch.seq())
                .bind("target", target.wireName())
                .bind("principal", sender.principal())
                .bind("roles", String.join(",", sender.roles()))
                .bind("at", clock.millis())
                .map(UndoLog::request)
                .one();
    }

    private static UndoRequest move(Handle handle, UndoRequest request, State next, String reason) {
        return handle.createQuery("""
                        UPDATE undos SET state = :state, reason = :reason, committing = NULL
                        WHERE number = :number RETURNING *
                        """)
                .bind("state", next.name().toLowerCase(Locale.ROOT))
                .bind("reason", reason)
                .bind("number", request.number())
                .map(UndoLog::request)
                .one();
    }

    private static UndoRequest request(ResultSet row, StatementContext context) throws SQLException {
        return new UndoRequest(
                row.getLong("number"),
                row.getLong("patch_seq"),
                PatchStatus.named(row.getString("target")).orElseThrow(),
                row.getString("principal"),
                RowMappers.roles(row.getString("roles")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("reason"));
    }
}
