package dev.patchferry.webhook.store;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.RunnerPatch;
import java.util.List;

/** What the runner reports, applied exactly once however often it is told. */
public interface RunnerEventStore {
    /** What applying a report came to. */
    enum Applied {
        /** The patch is in a new state. */
        CHANGED,
        /** It was known already, or came after something newer. */
        KNOWN,
        /** No patch of this store has this id. */
        UNKNOWN_PATCH,
        /** The patch with this id has other content. */
        OTHER_CONTENT
    }

    /** The last event that was applied. */
    EventCursor cursor();

    /**
     * Applies events and moves the cursor to the last, in one transaction.
     *
     * @param events in their order, at least one
     * @return what each came to
     */
    List<Applied> apply(List<PatchEvent> events);

    /** Applies what the runner answered about a patch. The cursor stays. */
    Applied apply(RunnerPatch known);

    /** The patches that may have reached the runner and have not ended, or were given up. */
    List<PatchId> underway();

    /** Ends a patch that the runner has lost together with its journal: {@code interrupted}, never to be sent again. */
    void lost(PatchId id);

    /** Follows the journal from this place on, if nothing is known of any yet. */
    void beginAt(EventCursor place);

    /** Goes on from another place, since what lies before it is known by other means or does not matter. */
    void resumeAt(EventCursor place);
}
