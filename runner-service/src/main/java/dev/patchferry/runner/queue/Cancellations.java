package dev.patchferry.runner.queue;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.journal.Acceptance;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.Offer;
import dev.patchferry.runner.logs.FileView;
import java.time.Clock;
import java.util.Optional;

/** Ends patches as somebody asks: while they wait, while they run, and before they have even come. */
public final class Cancellations {
    private final Journal journal;
    private final Lanes lanes;
    private final Undecided undecided;
    private final FileView view;
    private final Clock clock;

    public Cancellations(Journal journal, Lanes lanes, Undecided undecided, FileView view, Clock clock) {
        this.journal = journal;
        this.lanes = lanes;
        this.undecided = undecided;
        this.view = view;
        this.clock = clock;
    }

    /** What came of asking. */
    public sealed interface Answer {
        /** It has ended, by this request or before it, perhaps otherwise. */
        record Ended(Entry entry) implements Answer {}

        /** It is being ended and will be {@code cancelled} within seconds, unless it ends by itself before that. */
        record Ending(Entry entry) implements Answer {}

        /** It is being committed, and nobody can stop that. */
        record TooLate(Entry entry) implements Answer {}
    }

    /** Ends a patch, if it can still be ended. Durable when it says so; asking twice changes nothing. */
    public Answer cancel(Entry entry, String principal) {
        String reason = reason(principal);
        if (entry.status().mayBecome(PatchStatus.CANCELLED) && entry.status() != PatchStatus.RUNNING) {
            Receipt receipt = undecided.end(entry, PatchStatus.CANCELLED, reason);
            Optional<Entry> cancelled = journal.cancelled(entry, receipt);
            if (cancelled.isPresent()) {
                CrashPoint.RUNNER_CANCELLED.reached();
                undecided.ended(new Ended(cancelled.get(), receipt));
                return new Answer.Ended(cancelled.get());
            }
        }
        boolean inTime = lanes.cancel(entry, reason);
        Entry now = journal.find(entry.id()).orElseThrow();
        if (now.status().isTerminal()) {
            return new Answer.Ended(now);
        }
        return inTime ? new Answer.Ending(now) : new Answer.TooLate(now);
    }

    /** Takes the place of a patch that has not come yet: if it comes after all, it has ended already. */
    public Acceptance cancelBeforehand(PatchId id, ContentHash hash, WorkspaceName workspace, String principal) {
        Receipt receipt = Receipt.nothingRan(
                PatchStatus.CANCELLED, reason(principal), Optional.empty(), Optional.empty(), clock.instant());
        Offer offer = Offer.tombstone(id, hash, workspace, principal, receipt);
        Acceptance acceptance = journal.accept(offer, 0);
        if (acceptance instanceof Acceptance.Journalled(Entry entry)) {
            CrashPoint.RUNNER_TOMBSTONE.reached();
            view.ended(entry, offer.document(), receipt);
        }
        return acceptance;
    }

    private static String reason(String principal) {
        return "cancelled: " + principal + " asked for it";
    }
}
