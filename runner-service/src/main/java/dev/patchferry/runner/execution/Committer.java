package dev.patchferry.runner.execution;

import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.files.DiskFull;
import dev.patchferry.runner.journal.CommitRecord;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.commit.Change;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.CommitFailure;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Brings what a transaction changed into the workspace; the journal knows of it before it begins.
 *
 * @param prepared reached when the changes are on disk
 * @param committing reached when the journal knows
 */
public record Committer(Journal journal, CrashPoint prepared, CrashPoint committing) {
    private static final Logger LOG = Logger.getLogger(Committer.class);

    /**
     * Commits.
     *
     * @param hoped the receipt if all goes well
     * @return that receipt, or the one of what went wrong
     * @throws IOException if it broke when the journal knew of the commit already; then the outcome is not known yet
     */
    public Receipt land(JournaledPatch journaledPatch, Transaction transaction, ChangeSet changes, Receipt hoped)
            throws IOException {
        List<Change> ready;
        try {
            ready = transaction.prepare(changes);
        } catch (IOException e) {
            LOG.warnf(e, "commit cannot be prepared patchId=%s", journaledPatch.id());
            return NotCommitted.receipt(
                    hoped, (DiskFull.isCauseOf(e) ? "disk_full: " : "commit_failed: ") + e.getMessage());
        }
        prepared.reached();
        journal.committing(journaledPatch, new CommitRecord(hoped, Change.toJson(ready)));
        committing.reached();
        try {
            return UndoReceipt.told(hoped, transaction.commit(ready));
        } catch (CommitFailure e) {
            LOG.warnf(e, "commit failed patchId=%s", journaledPatch.id());
            return NotCommitted.receipt(hoped, e);
        }
    }

    /** Finishes a commit that a crash cut short. */
    public static Receipt finish(
            JournaledPatch journaledPatch, Workspace workspace, CommitRecord commit, Workspaces workspaces)
            throws IOException {
        List<Change> changes = Change.fromJson(commit.changes());
        try {
            return UndoReceipt.told(
                    commit.receipt(), workspaces.finishCommit(workspace, PatchExecutor.key(journaledPatch), changes));
        } catch (CommitFailure e) {
            LOG.warnf(e, "commit cannot be finished patchId=%s", journaledPatch.id());
            return NotCommitted.receipt(commit.receipt(), e);
        }
    }
}
