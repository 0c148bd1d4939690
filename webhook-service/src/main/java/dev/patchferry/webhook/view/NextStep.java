package dev.patchferry.webhook.view;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.application.Hindrance;
import dev.patchferry.webhook.application.RunnerAbsence;
import dev.patchferry.webhook.store.StoredPatch;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Tells a model in words what to call next, and when. */
public final class NextStep {
    private NextStep() {}

    /** For a patch that waits for a runner that gives no answer, if it does. */
    public static String on(StoredPatch patch, Optional<RunnerAbsence> absence) {
        return absence.map(away -> away(patch, away)).orElseGet(() -> on(patch));
    }

    private static String away(StoredPatch patch, RunnerAbsence away) {
        String safe = patch.status() == PatchStatus.ACCEPTED
                ? "Stored safely, and forwarded once the runner answers. Do not send it again. "
                : "The runner has it and goes on with it once it is back. Do not send it again. ";
        return safe + "The runner gives " + away.when()
                + ": tell the person, who can look whether it is up. Call GET /patches/" + patch.id()
                + " again in a few minutes; waiting does not help.";
    }

    private static String on(StoredPatch patch) {
        PatchId id = patch.id();
        if (patch.droppedAt().isPresent()) {
            return "It ended as " + patch.status() + " on " + LocalDate.ofInstant(patch.changedAt(), ZoneOffset.UTC)
                    + ". Its receipt, document and delivery attempts have been dropped since; state and history are kept."
                    + " Nothing to call; the same id and content is never run again.";
        }
        String again = "Call GET /patches/" + id + "?wait=25 and repeat until terminal is true.";
        return switch (patch.status()) {
            case ACCEPTED -> "Stored safely; the runner has yet to take it. Do not send it again. " + again;
            case QUEUED ->
                Hindrance.isOn(patch)
                        ? "It waits for more than its turn: reason says what keeps it, and what the owner of the machine has"
                                + " to do. Stored safely; tell the person, and call GET /patches/" + id
                                + " in a few minutes. It runs by itself afterwards; do not send it again."
                        : "It waits for its turn in the workspace. " + again;
            case RUNNING -> "It is being executed. " + again;
            case HELD ->
                "Nothing of it has run. An operator other than its sender has to POST /patches/" + id
                        + "/approve with {\"change_set\": \"…\"} as shown here, or /deny; reason says why and until when. Tell"
                        + " them, and call GET /patches/" + id + " in a few minutes; waiting does not help.";
            case PROPOSED ->
                "It has run; nothing was changed yet. An operator other than its sender has to look at GET /patches/"
                        + id
                        + "/diff and POST /patches/" + id
                        + "/approve with {\"change_set\": \"…\"} as shown here, or /deny; reason says why and until when."
                        + " Tell them,"
                        + " and call GET /patches/" + id + " in a few minutes; waiting does not help.";
            case SUCCEEDED -> "It has ended well; nothing to call. receipt says what ran and what changed.";
            case PREVIEWED ->
                "The dry run has ended well; nothing was changed. Send it without dry_run under a new id to do it.";
            case FAILED, TIMED_OUT, CANCELLED ->
                "It has ended without success; receipt.summary says what is left of it. Correct the patch and send it under"
                        + " a new id.";
            case REJECTED ->
                "It is impossible as it is, or not allowed; nothing was changed. Read reason, correct it and send it under"
                        + " a new id.";
            case INTERRUPTED ->
                "It was cut short and is not run again by itself. Read reason; to try again, send it under a new id.";
            case UNDELIVERABLE ->
                "The runner could not be reached. An operator can try again with POST /patches/" + id + "/redeliver.";
            case UNDONE -> "It had succeeded and was taken back; nothing to call.";
        };
    }
}
