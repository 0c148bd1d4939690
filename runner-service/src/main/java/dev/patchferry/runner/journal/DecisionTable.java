package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.journal.Decision.Made;
import dev.patchferry.runner.journal.Decision.State;
import dev.patchferry.runner.journal.Decision.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code decisions}. Every method works within its caller's transaction. */
final class DecisionTable {
    private DecisionTable() {}

    static Decision insert(Handle handle, JournaledPatch journaledPatch, Made made, State state, Instant at) {
        return handle.createQuery("""
                        INSERT INTO decisions
                            (patch_seq, about, verdict, principal, comment, decided_at, after_seq, state)
                        SELECT :seq, :about, :verdict, :principal, :comment, :at, max(seq), :state FROM patches
                        RETURNING *
                        """)
                .bind("seq", journaledPatch.seq())
                .bind("about", journaledPatch.status().wireName())
                .bind("verdict", name(made.verdict()))
                .bind("principal", made.principal())
                .bind("comment", made.comment())
                .bind("at", at.toEpochMilli())
                .bind("state", name(state))
                .map(DecisionTable::decision)
                .one();
    }

    static Optional<Decision> last(Handle handle, JournaledPatch journaledPatch) {
        return handle.createQuery("SELECT * FROM decisions WHERE patch_seq = :seq ORDER BY number DESC LIMIT 1")
                .bind("seq", journaledPatch.seq())
                .map(DecisionTable::decision)
                .findFirst();
    }

    static boolean isApprovedToRun(Handle handle, JournaledPatch journaledPatch) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM decisions
                                       WHERE patch_seq = :seq AND about = 'held' AND verdict = 'approved')
                        """)
                .bind("seq", journaledPatch.seq())
                .mapTo(Boolean.class)
                .one();
    }

    /** The approval that has waited longest in a workspace, if no patch that came before it still waits. */
    static Optional<Decision> nextWaiting(Handle handle, WorkspaceName workspace) {
        return handle.createQuery("""
                        SELECT d.*
                        FROM decisions d INDEXED BY decisions_by_state CROSS JOIN patches p ON p.seq = d.patch_seq
                        WHERE d.state = 'waiting' AND p.workspace = :workspace
                          AND NOT EXISTS (SELECT 1 FROM patches q INDEXED BY patches_waiting
                                          WHERE q.workspace = :workspace AND q.status = 'queued'
                                            AND coalesce(q.turn, q.seq) <= d.after_seq)
                        ORDER BY d.number LIMIT 1
                        """)
                .bind("workspace", workspace.value())
                .map(DecisionTable::decision)
                .findFirst();
    }

    static List<Decision> inState(Handle handle, State... states) {
        return handle.createQuery("SELECT * FROM decisions WHERE state IN (<states>) ORDER BY number")
                .bindList(
                        "states",
                        List.of(states).stream().map(DecisionTable::name).toList())
                .map(DecisionTable::decision)
                .list();
    }

    /** Empty if it is no longer in the state in which it was seen. */
    static Optional<Decision> move(Handle handle, Decision decision, State next) {
        return handle.createQuery("""
                        UPDATE decisions SET state = :next WHERE number = :number AND state = :before RETURNING *
                        """)
                .bind("next", name(next))
                .bind("number", decision.number())
                .bind("before", name(decision.state()))
                .map(DecisionTable::decision)
                .findFirst();
    }

    /** Nothing that was decided about a patch waits any more; false if it is being carried out, and has to be left. */
    static boolean close(Handle handle, JournaledPatch journaledPatch) {
        boolean running = handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM decisions WHERE patch_seq = :seq AND state = 'running')")
                .bind("seq", journaledPatch.seq())
                .mapTo(Boolean.class)
                .one();
        if (!running) {
            handle.execute(
                    "UPDATE decisions SET state = 'done' WHERE patch_seq = ? AND state = 'waiting'",
                    journaledPatch.seq());
        }
        return !running;
    }

    /** Nothing that was decided before is carried out any more. */
    static void closeAll(Handle handle) {
        handle.execute("UPDATE decisions SET state = 'done' WHERE state IN ('waiting', 'running')");
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Decision decision(ResultSet row, StatementContext context) throws SQLException {
        return new Decision(
                row.getLong("number"),
                row.getLong("patch_seq"),
                PatchStatus.named(row.getString("about")).orElseThrow(),
                Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
                row.getString("principal"),
                row.getString("comment"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
    }
}
