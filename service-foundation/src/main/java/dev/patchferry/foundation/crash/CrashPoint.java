package dev.patchferry.foundation.crash;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A boundary between two durable steps: what is before it has happened, what is after it has not. {@code
 * FERRY_TEST_STOP_AT} names the one at which the process is to die.
 */
public enum CrashPoint {
    WEBHOOK_STORING("a patch and its place in the outbox are written, not committed"),
    WEBHOOK_STORED("a patch is committed, its sender is not answered"),
    WEBHOOK_SENDING("that a request may leave is committed, the request is not made"),
    WEBHOOK_ANSWERED("an attempt to deliver has ended, what follows is not stored"),
    WEBHOOK_SETTLED("what follows from an attempt is committed, the lane has not gone on"),
    WEBHOOK_EVENT_READ("an event of the runner is read, nothing of it is stored"),
    WEBHOOK_EVENT_WRITTEN("an event and its cursor are written, not committed"),
    WEBHOOK_EVENT_APPLIED("an event is committed with its cursor, nobody has heard of it"),
    WEBHOOK_LOSS_SETTLED("every patch that a runner forgot has ended, its new journal is not followed yet"),
    WEBHOOK_CANCELLED("the end of a patch that never left is committed, who asked for it is not answered"),

    RUNNER_DOCUMENT_READ("a document is read and planned, not journalled"),
    RUNNER_JOURNALLING("a patch is written to the journal, not committed"),
    RUNNER_JOURNALLED("a patch is journalled, its file is not written"),
    RUNNER_SHOWN("a patch's file is written, the webhook is not answered"),
    RUNNER_STARTED("the journal says running, nothing has run"),
    RUNNER_BEGUN("the transaction is open, no step is done"),
    RUNNER_STEP_DONE("a step is done, the next is not begun"),
    RUNNER_STEPS_DONE("all steps are done, what they changed is not read"),
    RUNNER_PREPARED("the changes are on disk, the journal does not say committing"),
    RUNNER_COMMITTING("the journal says committing, no change is applied"),
    RUNNER_CHANGE_APPLIED("one change is applied, the next is not"),
    RUNNER_CHANGES_APPLIED("every change is applied, they are not synced"),
    RUNNER_SYNCED("every change is synced, the journal does not know the end"),
    RUNNER_FINISHED("the journal knows the end, the transaction's folder is there"),
    RUNNER_DROPPED("the transaction's folder is gone, the files for people are as before"),
    RUNNER_VIEW_WRITTEN("the files of the end are written, the waiting one is not removed"),
    RUNNER_CANCELLED("the end of a patch that waited is journalled, who asked for it is not answered"),
    RUNNER_TOMBSTONE("the end of a patch that has not come is journalled, who asked for it is not answered"),
    RUNNER_RECOVERING("a patch that was cut short is found, nothing of it is settled"),
    RUNNER_CHANGE_TAKEN_BACK("one change of a commit that failed is taken back, the one before it is not"),
    RUNNER_RECOVERED("a patch that was cut short is settled in the workspace, not in the journal"),
    RUNNER_UNDO_STARTED("the journal says that an undo runs, nothing of it is looked at"),
    RUNNER_UNDO_PREPARED("what an undo brings back is staged, the journal does not say committing"),
    RUNNER_UNDO_COMMITTING("the journal says that an undo commits, nothing is brought back"),
    RUNNER_UNDO_FINISHED("the journal knows the end of an undo, the files for people are as before"),
    RUNNER_PROPOSAL_KEPT("what a patch did and waits to do is on disk, the journal says that it runs"),
    RUNNER_DECIDED("a decision is journalled, who decided is not answered"),
    RUNNER_APPROVAL_STARTED("the journal says that an approval is carried out, nothing of it is looked at"),
    RUNNER_APPROVAL_PREPARED("what was approved is staged, the journal does not say committing"),
    RUNNER_APPROVAL_COMMITTING("the journal says that what was approved commits, no change is applied"),
    RUNNER_APPROVAL_FINISHED("the journal knows the end of a proposal, its transaction's folder is there"),
    RUNNER_RECOVERY_FINISHED("the journal knows how it was settled, the transaction's folder is there");

    private static final String PROFILE = "crash";

    /** Constant for the life of the process, so that a point that is not armed costs nothing once it is compiled. */
    private static final @Nullable CrashPoint ARMED = armedBy(System.getenv()).orElse(null);

    private final String meaning;

    CrashPoint(String meaning) {
        this.meaning = meaning;
    }

    /** Goes on; in a process that was told to stop here, does not return, and nothing that a shutdown does is done. */
    public void reached() {
        if (this == ARMED) {
            Runtime.getRuntime().halt(137);
        }
    }

    /** The name by which it is armed: {@code runner-change-applied}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What has happened here and what has not, in one line. */
    public String meaning() {
        return meaning;
    }

    /**
     * What an environment asks for.
     *
     * @return empty in every profile but {@code crash}, whatever else it says
     * @throws IllegalArgumentException if it names a point that does not exist
     */
    static Optional<CrashPoint> armedBy(Map<String, String> environment) {
        String name = environment.getOrDefault("FERRY_TEST_STOP_AT", "");
        if (name.isEmpty() || !PROFILE.equals(environment.get("QUARKUS_PROFILE"))) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(point -> point.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no crash point '" + name
                        + "'; ./ferry test crash --list-points prints those there are")));
    }
}
