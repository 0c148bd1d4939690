package dev.patchferry.runner.undo;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.execution.ReceiptBounds;
import dev.patchferry.runner.execution.UndoReceipt;
import dev.patchferry.runner.journal.CommitRecord;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.UndoLog;
import dev.patchferry.runner.journal.UndoRequest;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.commit.Change;
import dev.patchferry.runner.workspace.commit.CommitFailure;
import dev.patchferry.runner.workspace.commit.Committed;
import dev.patchferry.runner.workspace.commit.Direction;
import dev.patchferry.runner.workspace.commit.Reversal;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Does requests to undo patches that are running in the journal, one at a time per workspace. A request is done whole or
 * refused with the workspace as it was.
 */
public final class UndoExecutor {
    private static final Logger LOG = Logger.getLogger(UndoExecutor.class);

    private final Journal journal;
    private final EventLog events;
    private final UndoLog undos;
    private final Workspaces workspaces;
    private final UndoGate gate;
    private final Clock clock;

    public UndoExecutor(
            Journal journal, EventLog events, UndoLog undos, Workspaces workspaces, UndoGate gate, Clock clock) {
        this.journal = journal;
        this.events = events;
        this.undos = undos;
        this.workspaces = workspaces;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Does a request to its end, which is in the journal when this returns.
     *
     * @return the patch in its new state; empty if the request was refused
     * @throws IOException if the outcome is not known yet: {@link #recover} will settle it
     */
    public Optional<Ended> execute(UndoRequest request, Workspace workspace) throws IOException {
        JournaledPatch journaledPatch = entry(request);
        if (journaledPatch.status() == request.target()) {
            undos.needless(request);
            return Optional.empty();
        }
        Optional<String> unusable = workspaces.unusable(workspace);
        if (unusable.isPresent()) {
            return refused(request, "workspace_unusable: " + unusable.get());
        }
        Optional<Reversal> begun = workspaces.reverse(workspace, PatchExecutor.key(journaledPatch), direction(request));
        Optional<Receipt> last = events.receipt(journaledPatch);
        if (begun.isEmpty() || last.isEmpty()) {
            return refused(
                    request, "not_kept: what the patch replaced is not kept, or no longer; nothing can be undone");
        }
        try (Reversal reversal = begun.get()) {
            List<String> changed = reversal.changedSince();
            Optional<String> refusal = changed.isEmpty()
                    ? gate.refusal(request, journaledPatch, workspace, reversal)
                    : Optional.of(new UndoObstacle(journal, workspaces, workspace).words(journaledPatch, changed));
            return refusal.isPresent()
                    ? refused(request, refusal.get())
                    : commit(request, journaledPatch, last.get(), reversal);
        }
    }

    /**
     * Settles a request that a crash, or trouble with the journal, left running: a commit is finished; nothing of it was
     * done before that.
     */
    public Optional<Ended> recover(UndoRequest request, Workspace workspace) throws IOException {
        CrashPoint.RUNNER_RECOVERING.reached();
        Optional<CommitRecord> commit = undos.commitUnderWay(request);
        if (commit.isEmpty()) {
            return refused(request, "runner_stopped: the runner ended before anything was undone; ask again");
        }
        JournaledPatch journaledPatch = entry(request);
        List<Change> changes = Change.fromJson(commit.get().changes());
        try {
            Committed committed = workspaces.finishReversal(
                    workspace, PatchExecutor.key(journaledPatch), changes, direction(request));
            CrashPoint.RUNNER_RECOVERED.reached();
            return done(request, journaledPatch, commit.get().receipt(), committed);
        } catch (CommitFailure e) {
            return failed(request, e);
        }
    }

    private Optional<Ended> commit(UndoRequest request, JournaledPatch journaledPatch, Receipt last, Reversal reversal)
            throws IOException {
        Receipt receipt = UndoReceipt.of(request, last, reversal.files(), clock);
        List<Change> prepared;
        try {
            prepared = reversal.prepare();
        } catch (IOException e) {
            LOG.warnf(e, "undo cannot be prepared undo=%d", request.number());
            return refused(request, "undo_failed: " + e.getMessage() + "; nothing was changed");
        }
        CrashPoint.RUNNER_UNDO_PREPARED.reached();
        undos.committing(request, new CommitRecord(receipt, Change.toJson(prepared)));
        CrashPoint.RUNNER_UNDO_COMMITTING.reached();
        Optional<Ended> ended;
        try {
            ended = done(request, journaledPatch, receipt, reversal.commit(prepared));
        } catch (CommitFailure e) {
            ended = failed(request, e);
        }
        reversal.settled();
        return ended;
    }

    private Optional<Ended> done(
            UndoRequest request, JournaledPatch journaledPatch, Receipt receipt, Committed committed) {
        Receipt told = UndoReceipt.told(receipt, committed);
        JournaledPatch reversed = undos.done(request, journaledPatch, told);
        CrashPoint.RUNNER_UNDO_FINISHED.reached();
        return Optional.of(new Ended(reversed, told));
    }

    private Optional<Ended> failed(UndoRequest request, CommitFailure e) {
        LOG.warnf(e, "undo failed undo=%d", request.number());
        String state = e.left().isEmpty()
                ? "; nothing was changed"
                : "; the workspace is NOT as it was, these could not be put back: " + String.join(", ", e.left());
        return refused(request, "conflict: " + e.getMessage() + state);
    }

    private Optional<Ended> refused(UndoRequest request, String reason) {
        undos.refused(request, ReceiptBounds.head(reason, ReceiptBounds.REASON));
        return Optional.empty();
    }

    private JournaledPatch entry(UndoRequest request) {
        return journal.find(request.patchSeq()).orElseThrow();
    }

    private static Direction direction(UndoRequest request) {
        return request.target() == PatchStatus.UNDONE ? Direction.BACK : Direction.FORWARD;
    }
}
