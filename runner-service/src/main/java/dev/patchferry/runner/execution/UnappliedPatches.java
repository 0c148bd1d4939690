package dev.patchferry.runner.execution;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.workspace.Workspaces;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Patches that end without having taken effect: while they wait for a decision, or for their turn. */
public record UnappliedPatches(Journal journal, Workspaces workspaces, PatchFileMirror view, Clock clock) {
    private static final Logger LOG = Logger.getLogger(UnappliedPatches.class);

    /** The receipt of a patch that ends so: of one that ran, what it did before. */
    public Receipt end(JournaledPatch journaledPatch, PatchStatus outcome, String reason) {
        Optional<Receipt> proposed =
                journaledPatch.status() == PatchStatus.PROPOSED ? journal.receipt(journaledPatch) : Optional.empty();
        return proposed.map(ran -> ProposalReceipt.dropped(ran, outcome, reason, clock.instant()))
                .orElseGet(
                        () -> Receipt.nothingRan(outcome, reason, Optional.empty(), Optional.empty(), clock.instant()));
    }

    /** The journal knows the end: what was kept goes, and the files for people tell. */
    public void ended(Ended ended) {
        JournaledPatch journaledPatch = ended.entry();
        LOG.infof("patch ended undecided patchId=%s outcome=%s", journaledPatch.id(), journaledPatch.status());
        try {
            workspaces.drop(PatchExecutor.key(journaledPatch));
        } catch (IOException e) {
            LOG.warnf(
                    e, "a proposal cannot be removed, trying again at the next start patchId=%s", journaledPatch.id());
        }
        view.ended(journaledPatch, journal.document(journaledPatch), ended.receipt());
    }
}
