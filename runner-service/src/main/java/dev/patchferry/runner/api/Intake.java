package dev.patchferry.runner.api;

import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.engine.policy.Ruling;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.execution.Gate;
import dev.patchferry.runner.execution.Planner;
import dev.patchferry.runner.execution.Planner.Planning;
import dev.patchferry.runner.execution.ProposalQuota;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.OfferResult;
import dev.patchferry.runner.journal.PatchOffer;
import dev.patchferry.runner.journal.PatchOffer.Beginning;
import dev.patchferry.runner.journal.PatchOffer.Sender;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.sandbox.Limits;
import dev.patchferry.runner.workspace.Workspace;
import java.util.List;

/** Takes a document into the journal: what cannot be executed ends there at once, everything else waits its turn. */
public final class Intake {
    private final WorkspaceViews workspaces;
    private final Planner planner;
    private final Policies policies;
    private final Journal journal;
    private final PatchFileMirror view;
    private final int mostWaiting;

    /** @param mostWaiting how many patches may wait in one workspace */
    public Intake(
            WorkspaceViews workspaces,
            Planner planner,
            Policies policies,
            Journal journal,
            PatchFileMirror view,
            int mostWaiting) {
        this.workspaces = workspaces;
        this.policies = policies;
        this.planner = planner;
        this.journal = journal;
        this.view = view;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Accepts a document.
     *
     * @param rule the rule that its sender's hash of it keeps to
     * @throws ProblemException 422 for a workspace that is not here or a {@code timeout_s} over its bound, 503 where nothing can run
     *     safely now. Where one workspace cannot be used, or the disk is full, it waits
     */
    OfferResult accept(PatchDocument document, HashRule rule, Sender sender) {
        Workspace workspace = workspaces.named(document.workspace()).orElseThrow(() -> noSuch(document.workspace()));
        requireAllowedTime(document, workspace);
        Beginning beginning = switch (planner.plan(document, workspace)) {
            case Planning.Rejected(Receipt receipt) -> new Beginning.Over(receipt);
            case Planning.Planned(Plan plan) ->
                beginning(Gate.of(policies.of(workspace.name()), sender, document, plan, false), plan, sender);
        };
        if (!(beginning instanceof Beginning.Over)) {
            workspaces.nothingRuns().ifPresent(reason -> requireKnown(document, reason));
        }
        PatchOffer patchOffer = PatchOffer.of(document, rule, sender, beginning);
        CrashPoint.RUNNER_DOCUMENT_READ.reached();
        OfferResult offerResult = journal.accept(patchOffer, mostWaiting);
        if (offerResult instanceof OfferResult.Journalled(JournaledPatch journaledPatch)) {
            CrashPoint.RUNNER_JOURNALLED.reached();
            switch (beginning) {
                case Beginning.Over(Receipt receipt) -> view.ended(journaledPatch, patchOffer.document(), receipt);
                case Beginning.Held(String _, Receipt tooMany)
                when journaledPatch.status().isTerminal() -> view.ended(journaledPatch, patchOffer.document(), tooMany);
                case Beginning.Held _, Beginning.Waits _ -> view.waiting(journaledPatch, patchOffer.document());
            }
            CrashPoint.RUNNER_SHOWN.reached();
        }
        return offerResult;
    }

    /** Before it runs; by what it then does, the executor asks once more. */
    private Beginning beginning(Gate gate, Plan plan, Sender sender) {
        Ruling ruling = gate.before();
        return switch (ruling.action()) {
            case ALLOW, PROPOSE -> new Beginning.Waits();
            case HOLD ->
                new Beginning.Held(
                        ProposalQuota.words(PatchStatus.HELD, ruling.words(), journal.decideBy()),
                        planner.tooManyHeld(sender.principal(), mostWaiting, plan));
            case DENY -> new Beginning.Over(planner.denied(ruling, plan));
        };
    }

    /** Where nothing can run, what was taken before is still answered. */
    private void requireKnown(PatchDocument document, String reason) {
        if (journal.find(document.id()).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_READY, "Nothing runs here now: " + reason);
        }
    }

    /** What was taken before the owner lowered the bound is still answered. */
    private void requireAllowedTime(PatchDocument document, Workspace workspace) {
        Limits limits = workspaces.limits(workspace);
        long most = limits.longestCommand().toSeconds();
        if (document.timeoutSeconds().orElse(0) > most
                && journal.find(document.id()).isEmpty()) {
            throw new ProblemException(Problem.of(
                            ProblemType.INVALID_PATCH, "The patch asks for more time than its workspace gives.")
                    .withErrors(List.of(new FieldFault(
                            "/timeout_s",
                            "is more than " + most + ", the most here: " + limits.inForce(limits.longest())
                                    + "; send less, or have the owner raise it"))));
        }
    }

    private static ProblemException noSuch(WorkspaceName workspace) {
        return new ProblemException(
                Problem.of(ProblemType.INVALID_PATCH, "There is no workspace " + workspace + " on this runner.")
                        .withErrors(List.of(new FieldFault("/workspace", "is not one that GET /workspaces lists"))));
    }
}
