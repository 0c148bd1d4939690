package dev.patchferry.webhook.mcp;

import dev.patchferry.contract.Receipt;
import dev.patchferry.webhook.application.RunnerAbsence;
import dev.patchferry.webhook.store.StoredPatch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A patch in a sentence or two, and what a model should do about it: a tool to call, or what to tell the person. */
final class PatchWords {
    private static final int MAX_SUMMARY = 900;
    private static final String EDIT_REFUSED = "edit_refused";

    private PatchWords() {}

    static String summary(PatchCode code, StoredPatch patch, Optional<RunnerAbsence> absence, Instant now) {
        String reason = withoutKind(patch.reason());
        String text = switch (code) {
            case ACCEPTED -> "Stored safely. It has yet to reach the machine.";
            case QUEUED -> "It waits for its turn in the workspace `" + patch.workspace() + "`.";
            case BLOCKED -> "It waits, and the owner of the machine has to do something first. " + patch.reason();
            case RUNNER_AWAY ->
                "Stored safely. The machine gives "
                        + absence.map(RunnerAbsence::when).orElse("no answer") + ".";
            case RUNNING ->
                "It has been running for "
                        + Duration.between(patch.changedAt(), now).toSeconds() + " s.";
            case HELD -> "Nothing of it has run: it waits for a person's approval. " + reason;
            case PROPOSED ->
                "It has run and nothing has changed yet: its effect waits for a person's approval. " + reason;
            case SUCCEEDED, PREVIEWED -> receipt(patch).orElse("It ended as " + patch.status() + ".");
            case FAILED, TIMED_OUT, CANCELLED, INTERRUPTED ->
                withReason(receipt(patch).orElse("It ended as " + patch.status() + "."), patch.reason());
            case CONFLICT -> "Nothing was changed. " + conflict(reason);
            case REJECTED -> "Nothing of it took effect. Reason: " + patch.reason();
            case DENIED_BY_PERSON -> denied(reason);
            case DENIED_BY_RULE -> "Nothing was changed. A rule of this workspace forbids it: " + reason;
            case APPROVAL_EXPIRED -> "Nothing was changed. Nobody decided about it in time.";
            case UNDELIVERABLE -> "Nothing was changed. The machine could not be reached for too long.";
            case UNDONE ->
                "It had succeeded and was taken back on " + patch.changedAt().truncatedTo(ChronoUnit.SECONDS)
                        + ". Reason: " + reason;
        };
        return Cut.start(ToolWords.of(text), MAX_SUMMARY);
    }

    static String next(PatchCode code, StoredPatch patch) {
        String id = patch.id().value();
        return switch (code) {
            case ACCEPTED, QUEUED, RUNNING -> "Call get_patch with id `" + id + "` and wait 45. Do not send it again.";
            case BLOCKED ->
                "Tell the person what it waits for. Do not send it again: it runs by itself afterwards. Look once more with"
                        + " get_patch, id `" + id + "`, when the person says that it is done.";
            case RUNNER_AWAY ->
                "Tell the person that Patch Ferry's runner does not answer and should be looked at. Do not send it again:"
                        + " it goes on by itself. Look with get_patch, id `" + id + "`, in a few minutes.";
            case HELD, PROPOSED ->
                "Ask the person who runs Patch Ferry to look at patch `" + id
                        + "` and to approve or deny it. Stop here: do not poll, do not send it again.";
            case SUCCEEDED ->
                changedNothing(patch)
                        ? "Nothing more to do for it. It changed no file."
                        : "Nothing more to do for it. undo_patch with id `" + id + "` takes it back.";
            case PREVIEWED ->
                "Nothing was changed, as asked. To do it, call the same tool again without dry_run; after"
                        + " try_command, run_command.";
            case FAILED ->
                patch.reason().startsWith(EDIT_REFUSED)
                        ? "Read the file as it is (read_file), correct the edit and call the tool again without an id."
                        : "Read the output (get_patch_log with id `" + id
                                + "` has all of it), correct the cause and call the tool" + " again without an id.";
            case CONFLICT ->
                "Read the file again as it is now (read_file), redo the change for that content and call the tool again without an"
                        + " id.";
            case TIMED_OUT ->
                "Make the command shorter, or give a larger timeout_s: list_workspaces says the most under limits.timeout_s."
                        + " Then call the tool again without an id.";
            case CANCELLED -> "Ask the person before you send it again.";
            case INTERRUPTED -> "Everything was rolled back. Sending it again without an id is safe.";
            case REJECTED -> "Correct what the reason names and call the tool again without an id.";
            case DENIED_BY_PERSON -> "Do not try the same another way. Ask the person what they want instead.";
            case DENIED_BY_RULE ->
                "Do only what the rule allows, or tell the person what you need it for. Do not try the same another way.";
            case APPROVAL_EXPIRED ->
                "Ask the person whether it is still wanted. If so, call the tool again without an id.";
            case UNDELIVERABLE ->
                "Tell the person that the machine could not be reached and this patch was given up. An operator can have it"
                        + " delivered again.";
            case UNDONE -> "Do not send it again unless the person asks for it. Ask what should be different.";
        };
    }

    private static String withReason(String summary, String reason) {
        return summary.contains(reason) ? summary : summary + " Reason: " + reason;
    }

    private static boolean changedNothing(StoredPatch patch) {
        return patch.receipt()
                .filter(receipt -> receipt.files().isEmpty() && receipt.filesOmitted() == 0)
                .isPresent();
    }

    private static Optional<String> receipt(StoredPatch patch) {
        return patch.receipt().map(Receipt::summary).map(summary -> Cut.start(summary, MAX_SUMMARY / 2));
    }

    /** Mostly the reason is the path that somebody changed; where it says more, it says it better. */
    private static String conflict(String reason) {
        return reason.indexOf(' ') < 0
                ? reason + " changed since you read it."
                : "Somebody changed it meanwhile: " + reason;
    }

    /** The runner's words are {@code NAME denied it: COMMENT}. */
    private static String denied(String reason) {
        int at = reason.indexOf(" denied it");
        String name = at < 0 ? "A person" : reason.substring(0, at);
        String comment =
                at < 0 ? reason : reason.substring(at + " denied it".length()).replaceFirst("^: ", "");
        return name + " said no" + (comment.isEmpty() ? ", without a reason." : ": " + comment)
                + " Nothing was changed.";
    }

    /** A reason begins with a stable word, which the code says already. */
    private static String withoutKind(String reason) {
        return reason.replaceFirst("^[a-z_]+: ", "");
    }
}
