package dev.patchferry.webhook.application;

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

    /** Since when there is no answer, and when it is tried again. */
    public String when() {
        return "no answer since " + since
                + nextAttemptAt.map(at -> ", next attempt at " + at).orElse("");
    }
}
