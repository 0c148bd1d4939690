package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import java.util.List;

/** Everything that happened, in order: each state of each patch, and what was noted beside. Nothing in it is ever changed. */
public interface ActivityLog {
    /** Behind everything that has happened so far. */
    FeedCursor end();

    /** What happened after a place, in order. */
    Stretch after(FeedCursor feedCursor, int most);

    /** What happened before a place, the newest first. */
    Stretch before(FeedCursor feedCursor, int most);

    /** Everything about one patch, in order. */
    List<ActivityEvent> about(PatchId id);

    /** Notes something, durably. */
    void note(List<AuditEntry> notes);

    /**
     * A stretch of the activity log.
     *
     * @param events with the place behind each
     * @param more whether there is more behind it
     */
    record Stretch(List<PositionedEvent> events, boolean more) {}

    /** Something that happened, and the place behind it. */
    record PositionedEvent(ActivityEvent event, FeedCursor after) {}
}
