package dev.patchferry.runner.approval;

import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.execution.Committer;
import dev.patchferry.runner.execution.Obstacles;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.execution.ProposalReceipt;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.CommitRecord;
import dev.patchferry.runner.journal.Decision;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.workspace.Proposal;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.commit.Obstacle;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * Brings what was proposed and approved into its workspace, one at a time per workspace: whole, or not at all if somebody
 * changed meanwhile what it changes.
 */
public final class ApprovalExecutor {
    private static final String NOT_AS_SHOWN =
            "changed_since_shown: what the patch did is not what was shown and approved;"
                    + " nothing was committed. Find out who writes to the runner's folder, and send it again under a new id";

    private final Journal journal;
    private final ApprovalLog approvals;
    private final Workspaces workspaces;
    private final Clock clock;
    private final Committer committer;

    public ApprovalExecutor(Journal journal, ApprovalLog approvals, Workspaces workspaces, Clock clock) {
        this.journal = journal;
        this.approvals = approvals;
        this.workspaces = workspaces;
        this.clock = clock;
        this.committer =
                new Committer(journal, CrashPoint.RUNNER_APPROVAL_PREPARED, CrashPoint.RUNNER_APPROVAL_COMMITTING);
    }

    /**
     * Carries out an approval to the patch's end, which is in the journal when this returns.
     *
     * @param approval is running in the journal
     * @throws IOException if the outcome is not known yet: {@link #recover} will settle it
     */
    public Ended execute(Decision approval, Workspace workspace) throws IOException {
        JournaledPatch journaledPatch = journal.find(approval.patchSeq()).orElseThrow();
        Receipt proposed = journal.receipt(journaledPatch).orElseThrow();
        Optional<String> unusable = workspaces.unusable(workspace);
        Optional<Proposal> kept = workspaces.proposal(workspace, PatchExecutor.key(journaledPatch));
        if (unusable.isPresent() || kept.isEmpty()) {
            String why = unusable.map(reason -> "workspace_unusable: " + reason)
                    .orElse("not_kept: what the patch did is not there any more; send it again under a new id");
            return finish(approval, journaledPatch, ProposalReceipt.failed(proposed, why, clock.instant()));
        }
        try (var transaction = kept.get().transaction()) {
            Ended ended = finish(approval, journaledPatch, land(approval, journaledPatch, kept.get(), proposed));
            CrashPoint.RUNNER_APPROVAL_FINISHED.reached();
            transaction.settled();
            return ended;
        }
    }

    private Receipt land(Decision approval, JournaledPatch journaledPatch, Proposal proposal, Receipt proposed)
            throws IOException {
        if (!isAsShown(proposal, proposed)) {
            return ProposalReceipt.failed(proposed, NOT_AS_SHOWN, clock.instant());
        }
        Optional<Obstacle> obstacle = proposal.transaction().obstacle(proposal.changes());
        if (obstacle.isPresent()) {
            String why = Obstacles.words(obstacle.get(), "after the patch ran and before it was approved");
            return ProposalReceipt.failed(proposed, why, clock.instant());
        }
        Receipt hoped = ProposalReceipt.approved(proposed, approval.words(), clock.instant());
        return committer.land(journaledPatch, proposal.transaction(), proposal.changes(), hoped);
    }

    /** What was shown is what is committed, or nothing is. What an earlier version was told to commit has no hash. */
    private static boolean isAsShown(Proposal proposal, Receipt proposed) throws IOException {
        if (proposed.review().isEmpty()) {
            return true;
        }
        String now = proposal.transaction().fingerprint(proposal.changes(), () -> false);
        return now.equals(proposed.review().get().changeSet());
    }

    /**
     * Settles an approval that a crash, or trouble with the journal, left running: a commit is finished; if there was none,
     * it waits again, since nothing of it was done.
     *
     * @return the patch at its end, if it has come to one
     */
    public Optional<Ended> recover(Decision approval, Workspace workspace) throws IOException {
        CrashPoint.RUNNER_RECOVERING.reached();
        JournaledPatch journaledPatch = journal.find(approval.patchSeq()).orElseThrow();
        Optional<CommitRecord> commit = journal.commitUnderWay(journaledPatch);
        if (commit.isEmpty()) {
            approvals.again(approval);
            return Optional.empty();
        }
        Receipt receipt = Committer.finish(journaledPatch, workspace, commit.get(), workspaces);
        Ended ended = finish(approval, journaledPatch, receipt);
        workspaces.drop(PatchExecutor.key(journaledPatch));
        return Optional.of(ended);
    }

    private Ended finish(Decision approval, JournaledPatch journaledPatch, Receipt receipt) {
        return new Ended(approvals.finished(approval, journaledPatch, receipt), receipt);
    }
}
