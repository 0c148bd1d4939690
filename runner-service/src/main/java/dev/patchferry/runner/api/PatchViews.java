package dev.patchferry.runner.api;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.RunnerApi;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.approval.ShownChange;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.PatchWaiter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds patches for the resources, waits for their ends, and shows them. */
@Singleton
class PatchViews {
    private static final int LONGEST_WAIT = 40;

    private final Journal journal;
    private final EventLog events;
    private final PatchWaiter patchWaiter;

    PatchViews(Journal journal, EventLog events, PatchWaiter patchWaiter) {
        this.journal = journal;
        this.events = events;
        this.patchWaiter = patchWaiter;
    }

    /** The patch with this id; a 404 problem if there is none. */
    JournaledPatch find(String id) {
        return journal.find(id(id))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemType.PATCH_NOT_FOUND, "This runner was never given a patch " + id + ".")));
    }

    /** The id itself; a 400 problem if it is none. */
    static PatchId id(String id) {
        if (!PatchId.isValid(id)) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "An id is " + PatchId.RULE + ".");
        }
        return new PatchId(id);
    }

    /** The event that a request names; a 400 problem if it is none. */
    static Optional<EventCursor> event(@Nullable String cursor) {
        if (cursor == null) {
            return Optional.empty();
        }
        return Optional.of(EventCursor.parse(cursor)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST,
                        "`" + RunnerApi.EVENT + "` is the `event` of a patch as GET /patches/{id} shows it.")));
    }

    /** Whether nothing happened to the patch after the event that a request names, if it names one. */
    boolean isCurrent(JournaledPatch journaledPatch, @Nullable String cursor) {
        Optional<EventCursor> named = event(cursor);
        return named.isEmpty() || named.equals(events.newest(journaledPatch));
    }

    /** The patch once it has ended, or as it is when the time is up. */
    JournaledPatch await(JournaledPatch journaledPatch, int seconds) {
        return patchWaiter.await(
                journaledPatch, PatchStatus::endsAWait, Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT)));
    }

    /** Without history and receipt, for lists. */
    RunnerPatch brief(JournaledPatch journaledPatch) {
        return shown(journaledPatch, false, List.of(), Optional.empty(), Optional.empty());
    }

    /** A patch that waits since a moment ago; what else the journal holds of it need not be read. */
    static RunnerPatch fresh(JournaledPatch journaledPatch) {
        StatusChange first =
                new StatusChange(journaledPatch.status(), journaledPatch.acceptedAt(), journaledPatch.reason());
        return shown(journaledPatch, false, List.of(first), Optional.empty(), Optional.empty());
    }

    RunnerPatch show(JournaledPatch journaledPatch, boolean duplicate) {
        // Read first: an event that comes meanwhile makes the answer out of date, and a request that names it is
        // refused.
        Optional<EventCursor> newest = events.newest(journaledPatch);
        return shown(journaledPatch, duplicate, events.history(journaledPatch), events.receipt(journaledPatch), newest);
    }

    private static RunnerPatch shown(
            JournaledPatch journaledPatch,
            boolean duplicate,
            List<StatusChange> history,
            Optional<Receipt> receipt,
            Optional<EventCursor> event) {
        return new RunnerPatch(
                journaledPatch.id(),
                journaledPatch.hash(),
                journaledPatch.workspace(),
                journaledPatch.status(),
                journaledPatch.status().isTerminal(),
                journaledPatch.reason(),
                journaledPatch.attempt(),
                duplicate,
                journaledPatch.acceptedAt(),
                history,
                receipt,
                ShownChange.of(journaledPatch, receipt).map(ShownChange::changeSet),
                event);
    }
}
