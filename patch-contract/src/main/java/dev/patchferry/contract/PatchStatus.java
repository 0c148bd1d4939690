package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a patch is on its way. Each state knows which states may follow it; nothing else may.
 *
 * <p>A terminal state is an answer: it stays until a person or the sender asks for something new (undo, execute,
 * redeliver). {@link #UNDELIVERABLE} alone yields to whatever the runner later says, since the runner knows better.
 */
public enum PatchStatus {
    /** Stored by the webhook, not yet known to have reached the runner. */
    ACCEPTED(false),
    /** In the runner's journal, waiting for its turn in the workspace. */
    QUEUED(false),
    /** Waits for an approval before it runs. */
    HELD(false),
    /** Being executed. */
    RUNNING(false),
    /** Ran in a transaction; its diff waits for an approval. */
    PROPOSED(false),
    SUCCEEDED(true),
    FAILED(true),
    TIMED_OUT(true),
    CANCELLED(true),
    /** Cut short by a crash and rolled back; never run again unless an operator asks. */
    INTERRUPTED(true),
    /** A dry run that ended well: what would have changed is in the receipt. */
    PREVIEWED(true),
    /** Impossible or denied; nothing of it ran. */
    REJECTED(true),
    /** The runner could not be reached for as long as delivery is tried. */
    UNDELIVERABLE(true),
    /** Succeeded once and taken back. */
    UNDONE(true);

    private final boolean terminal;

    PatchStatus(boolean terminal) {
        this.terminal = terminal;
    }

    /** The states that may follow this one. */
    public Set<PatchStatus> successors() {
        return switch (this) {
            case ACCEPTED -> EnumSet.of(QUEUED, HELD, CANCELLED, REJECTED, INTERRUPTED, UNDELIVERABLE);
            case QUEUED -> EnumSet.of(RUNNING, HELD, CANCELLED, REJECTED, INTERRUPTED);
            case HELD -> EnumSet.of(QUEUED, CANCELLED, REJECTED, INTERRUPTED);
            case RUNNING ->
                EnumSet.of(SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, INTERRUPTED, PREVIEWED, PROPOSED, REJECTED);
            case PROPOSED -> EnumSet.of(SUCCEEDED, FAILED, CANCELLED, REJECTED, INTERRUPTED);
            case SUCCEEDED -> EnumSet.of(UNDONE);
            case UNDONE -> EnumSet.of(SUCCEEDED);
            case INTERRUPTED -> EnumSet.of(QUEUED);
            case UNDELIVERABLE -> EnumSet.complementOf(EnumSet.of(UNDELIVERABLE));
            case FAILED, TIMED_OUT, CANCELLED, PREVIEWED, REJECTED -> EnumSet.noneOf(PatchStatus.class);
        };
    }

    public boolean mayBecome(PatchStatus next) {
        return successors().contains(next);
    }

    public boolean isTerminal() {
        return terminal;
    }

    /** Whether somebody who waits for an end need wait no longer: it ended, or only a person can move it on. */
    public boolean endsAWait() {
        return terminal || needsDecision();
    }

    /** Whether it waits for somebody to approve or deny it. */
    public boolean needsDecision() {
        return this == HELD || this == PROPOSED;
    }

    /** The name on the wire, for example {@code timed_out}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this name on the wire. */
    public static Optional<PatchStatus> named(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }

    @JsonCreator
    static PatchStatus ofWireName(String wireName) {
        return named(wireName).orElseThrow(() -> new IllegalArgumentException("no such status: " + wireName));
    }

    @Override
    public String toString() {
        return wireName();
    }
}
