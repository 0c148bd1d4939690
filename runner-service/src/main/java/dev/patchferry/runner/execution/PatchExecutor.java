package dev.patchferry.runner.execution;

import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.engine.policy.Action;
import dev.patchferry.engine.policy.Ruling;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.runner.journal.CommitRecord;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.logs.PatchLogs;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.sandbox.Sandbox;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.HomeLayer;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Executes patches that are running in the journal, one at a time per workspace. Whatever it learns of the patch is in
 * the receipt; the journal knows of a commit before it begins.
 */
public final class PatchExecutor {
    private static final Logger LOG = Logger.getLogger(PatchExecutor.class);

    private final Journal journal;
    private final Workspaces workspaces;
    private final Sandbox sandbox;
    private final PatchLogs logs;
    private final Clock clock;
    private final ProposalQuota proposalQuota;
    private final Gates gates;
    private final OutOfRoom outOfRoom;

    public PatchExecutor(
            Journal journal,
            Gates gates,
            Workspaces workspaces,
            Sandbox sandbox,
            PatchLogs logs,
            DiskSpaceGuard floor,
            Clock clock) {
        this.journal = journal;
        this.gates = gates;
        this.workspaces = workspaces;
        this.sandbox = sandbox;
        this.logs = logs;
        this.outOfRoom = new OutOfRoom(floor);
        this.clock = clock;
        this.proposalQuota = new ProposalQuota(journal, workspaces, ProposalQuota.Bounds.DEFAULT);
    }

    /**
     * Executes a task to its end, which is in the journal when this returns.
     *
     * @return the entry at its end, with its receipt
     * @throws IOException if the outcome is not known yet: {@link #recover} will settle it
     */
    public Ended execute(Task task, Cancellation cancellation) throws IOException {
        Gate gate = gates.of(task);
        Optional<Outcome> impossible = firstReasonAgainst(task, gate);
        if (impossible.isPresent()) {
            return notBegun(task, impossible.get());
        }
        Transaction transaction;
        try {
            transaction = workspaces.begin(task.workspace(), key(task.entry()));
        } catch (IOException e) {
            LOG.errorf(e, "execution cannot begin patchId=%s", task.entry().id());
            return notBegun(task, Outcome.broken(e));
        }
        CrashPoint.RUNNER_BEGUN.reached();
        try (transaction) {
            Ended ended = finish(task.entry(), run(task, gate, transaction, cancellation));
            CrashPoint.RUNNER_FINISHED.reached();
            transaction.keepHome(homeKept(task, gate, ended.entry().status()));
            if (ended.entry().status().isTerminal()) {
                transaction.settled();
            }
            sandbox.tidy(task.workspace().of(task.entry().principal()));
            return ended;
        }
    }

    /**
     * Settles an entry that a crash, or trouble with the journal, left running: a commit is finished, anything before
     * it is dropped.
     *
     * @param trouble what this runner met while the patch ran; empty if it was another process that did not come to the end
     * @throws IOException if that is not possible now
     */
    public Ended recover(JournaledPatch journaledPatch, Workspace workspace, Optional<Throwable> trouble)
            throws IOException {
        CrashPoint.RUNNER_RECOVERING.reached();
        Optional<CommitRecord> commit = journal.commitUnderWay(journaledPatch);
        Receipt receipt = commit.isPresent()
                ? Committer.finish(journaledPatch, workspace, commit.get(), workspaces)
                : interrupted(journaledPatch, workspace, trouble);
        CrashPoint.RUNNER_RECOVERED.reached();
        Ended ended = finish(journaledPatch, receipt);
        CrashPoint.RUNNER_RECOVERY_FINISHED.reached();
        workspaces.drop(key(journaledPatch));
        return ended;
    }

    /** Settles an entry whose workspace is not configured any more: nothing of it can be finished. */
    public Ended abandon(JournaledPatch journaledPatch) throws IOException {
        Outcome outcome = new Outcome(
                PatchStatus.INTERRUPTED,
                "workspace_gone: the runner stopped while the patch ran, and now has no workspace "
                        + journaledPatch.workspace());
        logs.settle(journaledPatch);
        return finish(
                journaledPatch,
                ReceiptDraft.cutShort(
                        outcome, enforced(journaledPatch, CommandGrants.NONE), logs.log(journaledPatch), clock));
    }

    /** The name under which an entry's transaction is kept. */
    public static String key(JournaledPatch journaledPatch) {
        return String.valueOf(journaledPatch.seq());
    }

    /**
     * A patch at its end.
     *
     * @param entry as it is in the journal now
     */
    public record Ended(JournaledPatch entry, Receipt receipt) {}

    private Ended finish(JournaledPatch journaledPatch, Receipt receipt) {
        return new Ended(journal.finished(journaledPatch, receipt), receipt);
    }

    private Receipt interrupted(JournaledPatch journaledPatch, Workspace workspace, Optional<Throwable> trouble)
            throws IOException {
        String end = workspaces.canRollBack()
                ? "it was rolled back and is not run again"
                : "there is no transaction here, so what it did before stays; it is not run again";
        Outcome outcome = trouble.map(cause -> Outcome.troubled(cause, end))
                .orElseGet(() -> new Outcome(
                        PatchStatus.INTERRUPTED, "runner_stopped: the runner ended while the patch ran; " + end));
        logs.settle(journaledPatch);
        return ReceiptDraft.cutShort(
                outcome, enforced(journaledPatch, workspace.surroundings()), logs.log(journaledPatch), clock);
    }

    private Optional<Outcome> firstReasonAgainst(Task task, Gate gate) {
        if (gate.before().action() == Action.DENY) {
            return Optional.of(denied(gate.before()));
        }
        if (!task.document().hash().equals(task.entry().hash())
                && gates.approvals().isApprovedToRun(task.entry())) {
            return Optional.of(new Outcome(
                    PatchStatus.FAILED,
                    "changed_since_shown: the document is not the one that was approved;"
                            + " send it again under a new id"));
        }
        if ((task.document().dryRun() || task.document().propose()) && !workspaces.canRollBack()) {
            String field = task.document().dryRun() ? "`dry_run`" : "`propose`";
            return Optional.of(new Outcome(
                    PatchStatus.REJECTED,
                    field + " needs a transaction, and this runner was started without one (FERRY_SANDBOX=none)"));
        }
        return workspaces
                .unusable(task.workspace())
                .map(reason -> new Outcome(PatchStatus.FAILED, "workspace_unusable: " + reason));
    }

    /** How a patch ends that the policy denies. */
    static Outcome denied(Ruling ruling) {
        return new Outcome(PatchStatus.REJECTED, "policy_denied: " + ruling.words());
    }

    private Receipt run(Task task, Gate gate, Transaction transaction, Cancellation cancellation) throws IOException {
        Path log = logs.begin(task.entry());
        CommandGrants commandGrants = task.surroundings(gate);
        ReceiptDraft draft =
                new ReceiptDraft(task.plan(), clock, enforced(task.entry(), commandGrants), log, outOfRoom);
        StepRunner steps = new StepRunner(
                task.workspace().of(task.entry().principal()),
                commandGrants,
                transaction,
                sandbox,
                logs.shown(task.entry()),
                draft,
                cancellation,
                task.document().timeoutSeconds());
        return new PatchRun(task, gate, transaction, draft, logs, cancellation)
                .run(
                        steps,
                        new Committer(journal, CrashPoint.RUNNER_PREPARED, CrashPoint.RUNNER_COMMITTING),
                        proposalQuota);
    }

    /** What nobody has agreed to leaves nothing behind that a later patch would run. */
    private static HomeLayer.Keep homeKept(Task task, Gate gate, PatchStatus status) {
        if (task.document().dryRun() || task.document().propose() || gate.onlyProposes()) {
            return HomeLayer.Keep.NOTHING;
        }
        return switch (status) {
            case SUCCEEDED -> HomeLayer.Keep.EVERYTHING;
            case FAILED, TIMED_OUT -> HomeLayer.Keep.CACHES;
            default -> HomeLayer.Keep.NOTHING;
        };
    }

    private Enforced enforced(JournaledPatch journaledPatch, CommandGrants commandGrants) {
        return sandbox.enforced(
                journaledPatch.workspace(), workspaces.canRollBack() ? "overlay" : "none", commandGrants);
    }

    private Ended notBegun(Task task, Outcome outcome) {
        return finish(task.entry(), ReceiptDraft.nothingRan(outcome, Optional.of(task.plan()), clock));
    }
}
