package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Whether the journal tells of this workspace's past or of another one's. A journal that was restored from a copy does
 * not know what happened since, so nothing that waits in it may run, and nobody may go on reading where they stopped.
 */
public final class JournalIdentity {
    private static final List<PatchStatus> UNFINISHED = Stream.of(PatchStatus.values())
            .filter(status -> !status.isTerminal())
            .toList();

    private final SqliteDatabase database;
    private final EventLog events;

    public JournalIdentity(SqliteDatabase database, EventLog events) {
        this.database = database;
        this.events = events;
    }

    /**
     * Whether the journal was written in this home; a new one is at home wherever it is first opened.
     *
     * @param home by what this home is told from any copy of it
     */
    public boolean isIn(String home) {
        return database.read(handle -> JournalOrigin.isIn(handle, home));
    }

    public void settleIn(String home) {
        database.write(handle -> JournalOrigin.settleIn(handle, home));
    }

    /**
     * Begins anew in this home, in one transaction: what has not ended ends so, and every cursor given out before is
     * unknown.
     *
     * @param end the receipt of every patch that had not ended when the copy was made
     * @return those patches at their end
     */
    public List<JournaledPatch> beginAnew(String home, Receipt end) {
        return database.write(handle -> {
            JournalOrigin.move(handle);
            JournalOrigin.settleIn(handle, home);
            UndoLog.refuseOpen(handle, end.reason());
            DecisionTable.closeAll(handle);
            return JournaledPatchTable.inStatus(handle, UNFINISHED).stream()
                    .map(journaledPatch -> ended(handle, journaledPatch, end))
                    .toList();
        });
    }

    private JournaledPatch ended(Handle handle, JournaledPatch journaledPatch, Receipt end) {
        JournaledPatch ended = JournaledPatchTable.move(
                        handle, journaledPatch, NextState.to(end.outcome(), end.reason(), journaledPatch.attempt()))
                .orElseThrow();
        events.append(handle, ended, Optional.of(end));
        return ended;
    }
}
