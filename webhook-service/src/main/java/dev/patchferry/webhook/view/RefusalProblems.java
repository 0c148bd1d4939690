package dev.patchferry.webhook.view;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.Refusal;
import dev.patchferry.webhook.runner.RunnerProblem;
import dev.patchferry.webhook.store.StoredPatch;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Refusals as the REST interface answers them. */
public final class RefusalProblems {
    private static final Duration WITHOUT_ROOM = Duration.ofSeconds(30);

    private RefusalProblems() {}

    /** The problem that ends the request. */
    public static ProblemException of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotAnId() ->
                new ProblemException(
                        ProblemType.PATCH_NOT_FOUND, "No patch can have this id; an id is " + PatchId.RULE + ".");
            case Refusal.NoSuchPatch(PatchId id) ->
                new ProblemException(
                        ProblemType.PATCH_NOT_FOUND,
                        "No patch `" + id + "` of yours is stored. GET /patches lists those that are.");
            case Refusal.NotYours() -> forbidden("Only its sender or an operator may do that. Nothing was changed.");
            case Refusal.OwnPatch() ->
                forbidden("Nobody decides about a patch of their own; another operator has to. Nothing was changed.");
            case Refusal.WorkspaceNotAllowed(WorkspaceName workspace) ->
                forbidden("This credential may not use the workspace `" + workspace
                        + "`; GET /workspaces lists those that it may. Nothing was stored or changed.");
            case Refusal.OnlyOwnPatches(String principal) ->
                forbidden("This credential sees the patches of `" + principal + "` only.");
            case Refusal.WrongState(PatchStatus status, String detail) ->
                new ProblemException(Problem.of(ProblemType.WRONG_STATE, detail).about(status));
            case Refusal.IdConflict(StoredPatch existing, PatchId free) -> conflict(existing, free);
            case Refusal.IdTaken(PatchId id) ->
                new ProblemException(
                        ProblemType.ID_CONFLICT,
                        "`" + id + "` is taken. Nothing was changed. Send it again under a new id of your own.");
            case Refusal.MessageReused(String message) ->
                new ProblemException(
                        ProblemType.MESSAGE_CONFLICT,
                        "The webhook-id `" + message
                                + "` was used with another body. Nothing was changed. Send another body under another"
                                + " webhook-id.");
            case Refusal.NoRoom(String reason) -> noRoom(reason);
            case Refusal.ByRunner(Problem problem) -> new ProblemException(problem);
            case Refusal.NoOutput() ->
                new ProblemException(ProblemType.NOT_FOUND, "The runner keeps no output of this patch, or no longer.");
            case Refusal.RunnerUnreachable() -> RunnerProblem.unavailable();
            case Refusal.RunnerSilent() -> RunnerProblem.unanswered();
        };
    }

    private static ProblemException forbidden(String detail) {
        return new ProblemException(ProblemType.FORBIDDEN, detail);
    }

    private static ProblemException conflict(StoredPatch existing, PatchId free) {
        String detail = "`%s` was used on %s with other content (now %s). Nothing was changed."
                        .formatted(
                                existing.id(),
                                LocalDate.ofInstant(existing.acceptedAt(), ZoneOffset.UTC),
                                existing.status())
                + " Send it again under a new id, for example `%s`.".formatted(free);
        return new ProblemException(Problem.of(ProblemType.ID_CONFLICT, detail).about(existing.status()));
    }

    private static ProblemException noRoom(String reason) {
        return new ProblemException(
                Problem.of(
                        ProblemType.STORE_UNAVAILABLE,
                        "Nothing new can be stored right now: " + reason
                                + ". Nothing of this patch was stored; send the same again later."),
                Optional.of(WITHOUT_ROOM));
    }
}
