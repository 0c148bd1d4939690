package dev.patchferry.runner.api;

import dev.patchferry.contract.DecisionNote;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.Receipt.HiddenFile;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.approval.Approvals;
import dev.patchferry.runner.approval.ShownChange;
import dev.patchferry.runner.journal.Decision.Made;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.JournaledPatch;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes decisions about held and proposed patches, from those who may decide. */
@Singleton
class Decisions {
    /** Less than the webhook's client waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(7);

    private static final String OPERATE = "operate";
    private static final int NAMED = 10;

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

        boolean means(JournaledPatch journaledPatch) {
            return contentHash == null
                    || contentHash.equals(journaledPatch.hash().hex());
        }
    }

    /**
     * The patch after the decision.
     *
     * @throws ProblemException 403 for who may not decide, 409 if there is nothing to decide or something else waits than
     *     what is approved, 428 if that is not said
     */
    JournaledPatch take(JournaledPatch journaledPatch, Decider decider, InputStream body) {
        if (!decider.mayOperate()) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only an operator may do that. Nothing was changed.");
        }
        DecisionNote note = note(body);
        if (!decider.means(journaledPatch)) {
            throw RunnerResource.conflict(journaledPatch);
        }
        Made made = new Made(decider.verdict(), decider.principal(), note.comment());
        return switch (approvals.decide(journaledPatch, made, note, PATIENCE)) {
            case Approvals.Answer.Decided(JournaledPatch now) -> now;
            case Approvals.Answer.OwnPatch() ->
                throw new ProblemException(
                        ProblemType.FORBIDDEN, "Nobody decides about a patch of their own. Nothing was changed.");
            case Approvals.Answer.Unnamed(ShownChange shown) ->
                throw refused(
                        ProblemType.CHANGE_SET_REQUIRED,
                        "An approval names what it approves. Look at GET " + shown.path()
                                + " and send {\"change_set\": \"" + shown.changeSet() + "\"}.",
                        shown);
            case Approvals.Answer.Differs(ShownChange shown) ->
                throw refused(
                        ProblemType.CHANGE_SET_DIFFERS,
                        "What waits is " + shown.changeSet() + ". Look at GET " + shown.path() + " again.",
                        shown);
            case Approvals.Answer.Hidden(ShownChange shown) ->
                throw refused(
                        ProblemType.HIDDEN_FILES,
                        "The diff does not show everything of " + names(shown) + ". To approve these, too, send"
                                + " {\"change_set\": \"" + shown.changeSet() + "\", \"including_hidden\": true}.",
                        shown);
            case Approvals.Answer.TooLate(JournaledPatch now, String why) ->
                throw RunnerResource.wrongState(now, why + ".");
        };
    }

    private static ProblemException refused(ProblemType type, String detail, ShownChange shown) {
        return new ProblemException(Problem.of(type, detail + " Nothing was changed.")
                .about(shown.entry().status())
                .naming(shown.changeSet(), shown.path(), shown.review().hidden()));
    }

    private static String names(ShownChange shown) {
        List<HiddenFile> hidden = shown.review().hidden();
        long more = hidden.size() + shown.review().hiddenOmitted() - Math.min(NAMED, hidden.size());
        return hidden.stream()
                        .limit(NAMED)
                        .map(file -> file.path() + " (" + file.why() + ")")
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static DecisionNote note(InputStream body) {
        return switch (DecisionNote.read(RequestBody.read(body))) {
            case DecisionNote.Reading.Valid(DecisionNote note) -> note;
            case DecisionNote.Reading.UnknownFields unknown -> throw new ProblemException(unknown.problem());
            case DecisionNote.Reading.Invalid(String detail) ->
                throw new ProblemException(ProblemType.BAD_REQUEST, detail + " Nothing was changed.");
        };
    }
}
