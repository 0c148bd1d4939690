package dev.patchferry.runner.queue;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.execution.PatchExecutor.Ended;
import dev.patchferry.runner.journal.ApprovalLog;
import dev.patchferry.runner.journal.Decision;
import dev.patchferry.runner.journal.Decision.Made;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Journal;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes decisions about patches that wait for one. The first decision counts; whoever sends the same again, since the
 * answer was lost, gets the same answer.
 */
public final class Approvals {
    private final Journal journal;
    private final ApprovalLog log;
    private final Undecided undecided;
    private final Awaiter awaiter;

    public Approvals(Journal journal, ApprovalLog log, Undecided undecided, Awaiter awaiter) {
        this.journal = journal;
        this.log = log;
        this.undecided = undecided;
        this.awaiter = awaiter;
    }

    /** What came of deciding. */
    public sealed interface Answer {
        /** It is decided so, now or before; the patch as it is now. */
        record Decided(Entry entry) implements Answer {}

        /** Nobody decides about a patch of their own. */
        record OwnPatch() implements Answer {}

        /** There is nothing to decide, or no longer. */
        record TooLate(Entry entry, String why) implements Answer {}
    }

    /**
     * Decides, and waits a while for what comes of an approved proposal.
     *
     * @param about the state that the decision is about, if who decides says so
     */
    public Answer decide(Entry entry, Made made, Optional<PatchStatus> about, Duration patience) {
        if (made.principal().equals(entry.principal())) {
            return new Answer.OwnPatch();
        }
        if (about.isPresent() && entry.status().needsDecision() && entry.status() != about.get()) {
            return new Answer.TooLate(
                    entry, "is " + entry.status() + " by now, and not decided about as " + about.get());
        }
        Optional<Entry> decided = entry.status().needsDecision() ? take(entry, made) : Optional.empty();
        if (decided.isEmpty()) {
            return before(journal.find(entry.id()).orElseThrow(), made.verdict());
        }
        CrashPoint.RUNNER_DECIDED.reached();
        return new Answer.Decided(
                entry.status() == PatchStatus.PROPOSED
                        ? awaiter.await(decided.get(), PatchStatus::isTerminal, patience)
                        : decided.get());
    }

    private Optional<Entry> take(Entry entry, Made made) {
        return switch (made.verdict()) {
            case APPROVED ->
                entry.status() == PatchStatus.HELD ? log.approveHeld(entry, made) : log.approveProposed(entry, made);
            case DENIED -> {
                Receipt receipt = undecided.end(entry, PatchStatus.REJECTED, made.words());
                Optional<Entry> denied = log.deny(entry, made, receipt);
                denied.ifPresent(now -> undecided.ended(new Ended(now, receipt)));
                yield denied;
            }
        };
    }

    /** What was decided before, or why nobody can decide. */
    private Answer before(Entry now, Verdict verdict) {
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
