package dev.patchferry.runner.approval;

import dev.patchferry.contract.DecisionNote;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.execution.UnappliedPatches;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.Decision;
import dev.patchferry.runner.journal.Decision.Made;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.PatchWaiter;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes decisions about patches that wait for one. The first decision counts; whoever sends the same again, since the
 * answer was lost, gets the same answer.
 */
public final class Approvals {
    private final Journal journal;
    private final ApprovalLog log;
    private final UnappliedPatches unappliedPatches;
    private final PatchWaiter patchWaiter;

    public Approvals(Journal journal, ApprovalLog log, UnappliedPatches unappliedPatches, PatchWaiter patchWaiter) {
        this.journal = journal;
        this.log = log;
        this.unappliedPatches = unappliedPatches;
        this.patchWaiter = patchWaiter;
    }

    /** What came of deciding. */
    public sealed interface Answer {
        /** It is decided so, now or before; the patch as it is now. */
        record Decided(JournaledPatch entry) implements Answer {}

        /** Nobody decides about a patch of their own. */
        record OwnPatch() implements Answer {}

        /** It is not said what is approved. */
        record Unnamed(ShownChange shown) implements Answer {}

        /** Something else was looked at than what waits. */
        record Differs(ShownChange shown) implements Answer {}

        /** Not everything could be shown, and that is not accepted. */
        record Hidden(ShownChange shown) implements Answer {}

        /** There is nothing to decide, or no longer. */
        record TooLate(JournaledPatch entry, String why) implements Answer {}
    }

    /**
     * Decides, and waits a while for what comes of an approved proposal.
     *
     * @param note what the decision is about
     */
    public Answer decide(JournaledPatch journaledPatch, Made made, DecisionNote note, Duration patience) {
        Optional<PatchStatus> about = note.about();
        if (made.principal().equals(journaledPatch.principal())) {
            return new Answer.OwnPatch();
        }
        if (about.isPresent() && journaledPatch.status().needsDecision() && journaledPatch.status() != about.get()) {
            return new Answer.TooLate(
                    journaledPatch,
                    "is " + journaledPatch.status() + " by now, and not decided about as " + about.get());
        }
        if (made.verdict() == Verdict.APPROVED && journaledPatch.status().needsDecision()) {
            Optional<Answer> unseen = unseen(journaledPatch, note);
            if (unseen.isPresent()) {
                return unseen.get();
            }
        }
        Optional<JournaledPatch> decided =
                journaledPatch.status().needsDecision() ? take(journaledPatch, made) : Optional.empty();
        if (decided.isEmpty()) {
            return before(journal.find(journaledPatch.id()).orElseThrow(), made.verdict());
        }
        CrashPoint.RUNNER_DECIDED.reached();
        return new Answer.Decided(
                journaledPatch.status() == PatchStatus.PROPOSED
                        ? patchWaiter.await(decided.get(), PatchStatus::isTerminal, patience)
                        : decided.get());
    }

    /** Why an approval is not about what would take effect, if it is not. */
    private Optional<Answer> unseen(JournaledPatch journaledPatch, DecisionNote note) {
        Optional<ShownChange> known = ShownChange.of(journaledPatch, journal.receipt(journaledPatch));
        if (known.isEmpty()) {
            return Optional.of(new Answer.TooLate(
                    journaledPatch,
                    "was proposed by an earlier version, which did not write down what it showed; deny it, and have it"
                            + " sent again under a new id"));
        }
        ShownChange shown = known.get();
        if (note.changeSet().isEmpty()) {
            return Optional.of(new Answer.Unnamed(shown));
        }
        if (!note.changeSet().get().equals(shown.changeSet())) {
            return Optional.of(new Answer.Differs(shown));
        }
        return shown.review().hidesSomething() && !note.includingHidden()
                ? Optional.of(new Answer.Hidden(shown))
                : Optional.empty();
    }

    private Optional<JournaledPatch> take(JournaledPatch journaledPatch, Made made) {
        return switch (made.verdict()) {
            case APPROVED ->
                journaledPatch.status() == PatchStatus.HELD
                        ? log.approveHeld(journaledPatch, made)
                        : log.approveProposed(journaledPatch, made);
            case DENIED -> {
                Receipt receipt = unappliedPatches.end(journaledPatch, PatchStatus.REJECTED, made.words());
                Optional<JournaledPatch> denied = log.deny(journaledPatch, made, receipt);
                denied.ifPresent(now -> unappliedPatches.ended(new Ended(now, receipt)));
                yield denied;
            }
        };
    }

    /** What was decided before, or why nobody can decide. */
    private Answer before(JournaledPatch now, Verdict verdict) {
        Optional<Decision> last = log.last(now);
        if (last.isPresent() && last.get().verdict() == verdict) {
            return new Answer.Decided(now);
        }
        String why = last.map(decision -> "was " + (decision.verdict() == Verdict.APPROVED ? "approved" : "denied")
                        + " by " + decision.principal() + " before")
                .orElse(
                        now.status().needsDecision()
                                ? "waited too long and cannot be decided about any more"
                                : "does not wait for a decision");
        return new Answer.TooLate(now, why);
    }
}
