package dev.patchferry.runner.intake;

import dev.patchferry.contract.DecisionNote;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.journal.Decision.Made;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.queue.Approvals;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes decisions about held and proposed patches, from those who may decide. */
@Singleton
class Decisions {
    /** Less than the webhook's client waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(7);

    private static final String OPERATE = "operate";

    private final Approvals approvals;

    Decisions(Approvals approvals) {
        this.approvals = approvals;
    }

    /**
     * Who decides what.
     *
     * @param contentHash what they looked at, if they say so
     */
    record Decider(
            String principal, List<String> roles, @Nullable String contentHash, Verdict verdict) {
        /** Whoever has the runner's own token may do everything. */
        boolean mayOperate() {
            return principal.equals(RunnerResource.DIRECT) || roles.contains(OPERATE);
        }

        boolean means(Entry entry) {
            return contentHash == null || contentHash.equals(entry.hash().hex());
        }
    }

    /**
     * The patch after the decision.
     *
     * @throws ProblemException 403 for who may not decide, 409 if there is nothing to decide
     */
    Entry take(Entry entry, Decider decider, InputStream body) {
        if (!decider.mayOperate()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only an operator may do that. Nothing was changed.");
        }
        DecisionNote note = note(body);
        if (!decider.means(entry)) {
            throw RunnerResource.conflict(entry);
        }
        Made made = new Made(decider.verdict(), decider.principal(), note.comment());
        return switch (approvals.decide(entry, made, note.about(), PATIENCE)) {
            case Approvals.Answer.Decided(Entry now) -> now;
            case Approvals.Answer.OwnPatch() ->
                throw new ProblemException(
                        ProblemType.FORBIDDEN, "Nobody decides about a patch of their own. Nothing was changed.");
            case Approvals.Answer.TooLate(Entry now, String why) -> throw RunnerResource.wrongState(now, why + ".");
        };
    }

    private static DecisionNote note(InputStream body) {
        return switch (DecisionNote.read(RequestBody.read(body))) {
            case DecisionNote.Reading.Valid(DecisionNote note) -> note;
            case DecisionNote.Reading.Invalid(String detail) ->
                throw new ProblemException(ProblemType.BAD_REQUEST, detail + " Nothing was changed.");
        };
    }
}
