package dev.patchferry.webhook.mcp;

import dev.patchferry.webhook.application.Hindrance;
import dev.patchferry.webhook.application.RunnerAbsence;
import dev.patchferry.webhook.store.StoredPatch;
import java.util.Locale;
import java.util.Optional;

/** What a model has to tell apart about a patch: its state, and where that is not enough, why it is in it. Stable. */
enum PatchCode {
    /** Stored; not yet with the runner. */
    ACCEPTED,
    QUEUED,
    /** In the queue, and the owner of the machine has to do something first. */
    BLOCKED,
    /** Waits for a runner that gives no answer. */
    RUNNER_AWAY,
    RUNNING,
    HELD,
    PROPOSED,
    SUCCEEDED,
    PREVIEWED,
    FAILED,
    /** Somebody else changed what it was about. */
    CONFLICT,
    TIMED_OUT,
    CANCELLED,
    INTERRUPTED,
    REJECTED,
    DENIED_BY_PERSON,
    DENIED_BY_RULE,
    APPROVAL_EXPIRED,
    UNDELIVERABLE,
    UNDONE;

    private static final String CONFLICT_REASON = "conflict: ";
    private static final String BASE_REASON = "base_mismatch";

    static PatchCode of(StoredPatch patch, Optional<RunnerAbsence> absence) {
        if (absence.isPresent()) {
            return RUNNER_AWAY;
        }
        String reason = patch.reason();
        return switch (patch.status()) {
            case ACCEPTED -> ACCEPTED;
            case QUEUED -> Hindrance.isOn(patch) ? BLOCKED : QUEUED;
            case RUNNING -> RUNNING;
            case HELD -> HELD;
            case PROPOSED -> PROPOSED;
            case SUCCEEDED -> SUCCEEDED;
            case PREVIEWED -> PREVIEWED;
            case FAILED -> reason.startsWith(CONFLICT_REASON) || reason.startsWith(BASE_REASON) ? CONFLICT : FAILED;
            case TIMED_OUT -> TIMED_OUT;
            case CANCELLED -> CANCELLED;
            case INTERRUPTED -> INTERRUPTED;
            case REJECTED -> rejected(reason);
            case UNDELIVERABLE -> UNDELIVERABLE;
            case UNDONE -> UNDONE;
        };
    }

    private static PatchCode rejected(String reason) {
        if (reason.startsWith("denied: ")) {
            return DENIED_BY_PERSON;
        }
        if (reason.startsWith("policy_denied")) {
            return DENIED_BY_RULE;
        }
        return reason.startsWith("approval_expired") ? APPROVAL_EXPIRED : REJECTED;
    }

    /** Whether what was sent did not come about, for a reason that the sender has to know. */
    boolean isFailure() {
        return switch (this) {
            case ACCEPTED, QUEUED, BLOCKED, RUNNER_AWAY, RUNNING, HELD, PROPOSED, SUCCEEDED, PREVIEWED -> false;
            case FAILED,
                    CONFLICT,
                    TIMED_OUT,
                    CANCELLED,
                    INTERRUPTED,
                    REJECTED,
                    DENIED_BY_PERSON,
                    DENIED_BY_RULE,
                    APPROVAL_EXPIRED,
                    UNDELIVERABLE,
                    UNDONE -> true;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
