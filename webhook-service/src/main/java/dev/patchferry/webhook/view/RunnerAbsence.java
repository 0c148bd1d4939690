package dev.patchferry.webhook.view;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.store.StoredPatch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * That the runner gives no answer, as somebody is told who asks about a patch that waits for it.
 *
 * @param since when it stopped answering
 * @param nextAttemptAt when it is tried again to deliver the patch, or the one before it in its lane; empty if that is being
 *     tried now, or the runner has the patch
 */
public record RunnerAbsence(Instant since, Optional<Instant> nextAttemptAt) {
    public RunnerAbsence {
        since = since.truncatedTo(ChronoUnit.SECONDS);
        nextAttemptAt = nextAttemptAt.map(at -> at.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Why the patch is where it is. */
    public String reason(StoredPatch patch) {
        return patch.status() == PatchStatus.ACCEPTED
                ? "stored; waits to be forwarded to the runner, which gives " + when()
                : patch.reason() + "; the runner gives " + when() + ", so this may be out of date";
    }

    /** What to do about it. */
    public String next(StoredPatch patch) {
        String safe = patch.status() == PatchStatus.ACCEPTED
                ? "Stored safely, and forwarded once the runner answers. Do not send it again. "
                : "The runner has it and goes on with it once it is back. Do not send it again. ";
        return safe + "The runner gives " + when()
                + ": tell the person, who can look whether it is up. Call GET /patches/" + patch.id()
                + " again in a few minutes; waiting does not help.";
    }

    private String when() {
        return "no answer since " + since
                + nextAttemptAt.map(at -> ", next attempt at " + at).orElse("");
    }
}
