package dev.patchferry.runner.queue;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.execution.UnappliedPatches;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.OfferResult;
import dev.patchferry.runner.journal.PatchOffer;
import dev.patchferry.runner.logs.PatchFileMirror;
import java.time.Clock;
import java.util.Optional;

/** Ends patches as somebody asks: while they wait, while they run, and before they have even come. */
public final class Cancellations {
    private final Journal journal;
    private final WorkspaceWorkers workspaceWorkers;
    private final UnappliedPatches unappliedPatches;
    private final PatchFileMirror view;
    private final Clock clock;

    public Cancellations(
            Journal journal,
            WorkspaceWorkers workspaceWorkers,
            UnappliedPatches unappliedPatches,
            PatchFileMirror view,
            Clock clock) {
        this.journal = journal;
        this.workspaceWorkers = workspaceWorkers;
        this.unappliedPatches = unappliedPatches;
        this.view = view;
        this.clock = clock;
    }

    /** What came of asking. */
    public sealed interface Answer {
        /** It has ended, by this request or before it, perhaps otherwise. */
        record Ended(JournaledPatch entry) implements Answer {}

        /** It is being ended and will be {@code cancelled} within seconds, unless it ends by itself before that. */
        record Ending(JournaledPatch entry) implements Answer {}

        /** It is being committed, and nobody can stop that. */
        record TooLate(JournaledPatch entry) implements Answer {}
    }

    /** Ends a patch, if it can still be ended. Durable when it says so; asking twice changes nothing. */
    public Answer cancel(JournaledPatch journaledPatch, String principal) {
        String reason = reason(principal);
        if (journaledPatch.status().mayBecome(PatchStatus.CANCELLED)
                && journaledPatch.status() != PatchStatus.RUNNING) {
            Receipt receipt = unappliedPatches.end(journaledPatch, PatchStatus.CANCELLED, reason);
            Optional<JournaledPatch> cancelled = journal.cancelled(journaledPatch, receipt);
            if (cancelled.isPresent()) {
                CrashPoint.RUNNER_CANCELLED.reached();
                unappliedPatches.ended(new Ended(cancelled.get(), receipt));
                return new Answer.Ended(cancelled.get());
            }
        }
        boolean inTime = workspaceWorkers.cancel(journaledPatch, reason);
        JournaledPatch now = journal.find(journaledPatch.id()).orElseThrow();
        if (now.status().isTerminal()) {
            return new Answer.Ended(now);
        }
        return inTime ? new Answer.Ending(now) : new Answer.TooLate(now);
    }

    /** Takes the place of a patch that has not come yet: if it comes after all, it has ended already. */
    public OfferResult cancelBeforehand(PatchId id, ContentHash hash, WorkspaceName workspace, String principal) {
        Receipt receipt = Receipt.nothingRan(
                PatchStatus.CANCELLED, reason(principal), Optional.empty(), Optional.empty(), clock.instant());
        PatchOffer patchOffer = PatchOffer.tombstone(id, hash, workspace, principal, receipt);
        OfferResult offerResult = journal.accept(patchOffer, 0);
        if (offerResult instanceof OfferResult.Journalled(JournaledPatch journaledPatch)) {
            CrashPoint.RUNNER_TOMBSTONE.reached();
            view.ended(journaledPatch, patchOffer.document(), receipt);
        }
        return offerResult;
    }

    private static String reason(String principal) {
        return "cancelled: " + principal + " asked for it";
    }
}
