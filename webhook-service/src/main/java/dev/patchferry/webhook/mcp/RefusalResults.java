package dev.patchferry.webhook.mcp;

import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.application.RefusalReason;
import dev.patchferry.webhook.store.StoredPatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Refusals as tools answer them: a stable code, what happened, and what to do. */
final class RefusalResults {
    private static final int MAX_FAULTS = 10;

    private RefusalResults() {}

    static ToolResult of(RefusalReason refusal) {
        return switch (refusal) {
            case RefusalReason.NotAnId() ->
                error("no_such_patch", "No patch can have this id.", "Call list_patches for ids.");
            case RefusalReason.NoSuchPatch(PatchId id) ->
                error("no_such_patch", "No patch `" + id + "` of yours is stored.", "Call list_patches for ids.");
            case RefusalReason.NotYours() ->
                forbidden("Only its sender or an operator may do that. Nothing was changed.");
            case RefusalReason.NotAllowed() ->
                forbidden("The roles of this credential do not allow that. Nothing was changed.");
            case RefusalReason.OwnPatch() ->
                forbidden("Nobody decides about a patch of their own. Nothing was changed.");
            case RefusalReason.OnlyOwnPatches(String principal) ->
                forbidden("This credential sees the patches of `" + principal + "` only.");
            case RefusalReason.WorkspaceNotAllowed(WorkspaceName workspace) ->
                audited(
                        403,
                        error(
                                "forbidden",
                                "This credential may not use the workspace `" + workspace + "`. Nothing was stored.",
                                "Call list_workspaces and use one of those."));
            case RefusalReason.TooMany(String detail, Duration retryAfter) ->
                audited(
                        429,
                        error(
                                "rate_limited",
                                "Too many patches in a short time. Nothing of this one was stored.",
                                "Call the same again in " + Math.max(1, retryAfter.toSeconds()) + " s."));
            case RefusalReason.InvalidDocument(List<FieldFault> faults) -> audited(422, invalid(faults));
            case RefusalReason.WrongState(PatchStatus status, String detail) ->
                audited(
                        409,
                        error(
                                "wrong_state",
                                ToolWords.of(detail),
                                "Nothing was changed. Call get_patch to see where the patch is."));
            case RefusalReason.IdConflict(StoredPatch existing, PatchId free) ->
                audited(
                        409,
                        error(
                                "id_conflict",
                                "The id `" + existing.id() + "` was used with other content. Nothing was changed.",
                                "Call the same again without an id, or with the id `" + free + "`."));
            case RefusalReason.IdTaken(PatchId id) ->
                audited(
                        409,
                        error(
                                "id_conflict",
                                "The id `" + id + "` is taken. Nothing was changed.",
                                "Call the same again without an id."));
            case RefusalReason.MessageReused(String message) ->
                error("id_conflict", "The message `" + message + "` was used before.", "Call the same again.");
            case RefusalReason.NoRoom(String reason) ->
                error(
                        "store_unavailable",
                        "Nothing new can be stored right now: " + reason + ".",
                        "Tell the person. Call the same again in a minute; nothing was stored.");
            case RefusalReason.ByRunner(Problem problem) -> byRunner(problem);
            case RefusalReason.NoOutput() ->
                error("no_output", "No output of this patch is kept, or no longer.", "Nothing more to call for it.");
            case RefusalReason.RunnerUnreachable() ->
                error(
                        "runner_away",
                        "The machine cannot be reached right now, so this cannot be answered. Nothing was changed.",
                        "Tell the person that Patch Ferry's runner does not answer. Try again in a few minutes.");
            case RefusalReason.RunnerSilent() ->
                error(
                        "runner_away",
                        "The machine gave no usable answer, so it is not known whether this was done.",
                        "Call get_patch in a minute. If it is still wanted call the same again: it is done once at most.");
        };
    }

    private static ToolResult byRunner(Problem problem) {
        String code =
                problem.type().substring(problem.type().lastIndexOf(':') + 1).replace('-', '_');
        return audited(problem.status(), error(code, ToolWords.of(problem.detail()), after(problem.status(), code)));
    }

    private static String after(int status, String code) {
        return switch (status) {
            case 400, 404, 416, 422 -> "Correct that and call the tool again.";
            case 409 ->
                code.equals("wrong_state")
                        ? "Nothing was changed. Call get_patch to see where the patch is."
                        : "Nothing was changed. Tell the person what was refused, and why.";
            default -> "Tell the person what was refused, and why.";
        };
    }

    private static ToolResult invalid(List<FieldFault> faults) {
        String all = faults.stream()
                .limit(MAX_FAULTS)
                .map(fault -> (fault.pointer().isEmpty() ? "" : fault.pointer().substring(1) + " ")
                        + ToolWords.of(fault.detail()))
                .collect(Collectors.joining("; "));
        return error(
                "invalid_arguments",
                Cut.start("It cannot be stored: " + all, 2_000) + ". Nothing was changed.",
                "Correct that and call the tool again.");
    }

    private static ToolResult forbidden(String summary) {
        return audited(403, error("forbidden", summary, "Do not try it another way. Tell the person."));
    }

    private static ToolResult error(String code, String summary, String next) {
        return ToolResult.error(code, summary, next);
    }

    private static ToolResult audited(int status, ToolResult result) {
        // The record names a kind of refusal as the REST interface does.
        String code = result.structured().path("code").asText().replace('_', '-');
        return result.audited(new ToolResult.Audited(
                Optional.empty(),
                status,
                code,
                result.structured().path("summary").asText()));
    }
}
