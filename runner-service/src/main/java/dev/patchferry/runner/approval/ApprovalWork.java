package dev.patchferry.runner.approval;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.execution.ProposalReceipt;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.Decision;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.workspace.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The approvals that a lane carries out between its patches. */
public record ApprovalWork(Journal journal, ApprovalLog approvals, ApprovalExecutor executor, Clock clock) {
    /**
     * Carries out the approval that is due next; whether there was one.
     *
     * @param ended hears of the patch at its end
     */
    public boolean doNext(Workspace workspace, Consumer<Ended> ended) throws IOException {
        Optional<Decision> next = approvals.nextWaiting(workspace.name());
        if (next.isPresent()) {
            Optional<Decision> running = approvals.started(next.get());
            CrashPoint.RUNNER_APPROVAL_STARTED.reached();
            if (running.isPresent()) {
                ended.accept(executor.execute(running.get(), workspace));
            }
        }
        return next.isPresent();
    }

    /** Settles what was cut short. */
    public void settle(Workspace workspace, Consumer<Ended> ended) throws IOException {
        for (Decision decision : approvals.open()) {
            if (decision.state() == Decision.State.RUNNING
                    && entry(decision).workspace().equals(workspace.name())) {
                executor.recover(decision, workspace).ifPresent(ended);
            }
        }
    }

    /** Settles an approval in a workspace that is not configured any more: it cannot be carried out. */
    public Ended abandon(Decision decision) {
        JournaledPatch journaledPatch = entry(decision);
        Receipt receipt = ProposalReceipt.dropped(
                journal.receipt(journaledPatch).orElseThrow(),
                PatchStatus.INTERRUPTED,
                "workspace_gone: it was approved, and now the runner has no workspace " + journaledPatch.workspace(),
                clock.instant());
        return new Ended(approvals.finished(decision, journaledPatch, receipt), receipt);
    }

    public JournaledPatch entry(Decision decision) {
        return journal.find(decision.patchSeq()).orElseThrow();
    }
}
