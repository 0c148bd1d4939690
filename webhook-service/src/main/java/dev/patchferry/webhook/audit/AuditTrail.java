package dev.patchferry.webhook.audit;

import dev.patchferry.contract.PatchId;
import dev.patchferry.webhook.store.ActivityEvent;
import dev.patchferry.webhook.store.ActivityLog;
import dev.patchferry.webhook.store.ActivityLog.PositionedEvent;
import dev.patchferry.webhook.store.ActivityLog.Stretch;
import dev.patchferry.webhook.store.FeedCursor;
import java.util.ArrayList;
import java.util.List;

/** Reads the activity log for somebody who wants some of it. Holds one stretch at a time. */
record AuditTrail(ActivityLog activityLog, AuditFilter filter) {
    private static final int STRETCH = 500;
    /** Of a page that finds little, so that no request takes long. */
    private static final int MOST_LOOKED_AT = 20_000;

    /**
     * Some records.
     *
     * @param next where to go on
     * @param more whether there may be more already
     */
    record Page(List<AuditRecord> records, String next, boolean more) {}

    /** What is done with each record; whether to go on. */
    interface Reader<E extends Exception> {
        boolean read(AuditRecord wanted) throws E;
    }

    Page page() {
        List<AuditRecord> records = new ArrayList<>();
        End end = read(MOST_LOOKED_AT, wanted -> records.add(wanted.inShort()) && records.size() < filter.page());
        return new Page(records, end.place().toString(), end.more());
    }

    /** Where reading ended. */
    record End(FeedCursor place, boolean more) {}

    /** Hands on what is wanted, from where the filter says, until the reader has enough. */
    <E extends Exception> End read(long mostLookedAt, Reader<E> reader) throws E {
        FeedCursor feedCursor =
                filter.place().orElseGet(() -> filter.newestFirst() ? activityLog.end() : FeedCursor.START);
        for (long left = mostLookedAt; left > 0; left -= STRETCH) {
            Stretch stretch = stretch(feedCursor);
            for (PositionedEvent placed : stretch.events()) {
                feedCursor = filter.newestFirst() ? placed.after().without(placed.event()) : placed.after();
                AuditRecord shown = AuditRecord.of(placed);
                if (filter.wants(shown) && !reader.read(shown)) {
                    return new End(feedCursor, !placed.equals(stretch.events().getLast()) || stretch.more());
                }
            }
            if (!stretch.more()) {
                return new End(feedCursor, false);
            }
        }
        return new End(feedCursor, true);
    }

    private Stretch stretch(FeedCursor feedCursor) {
        if (filter.patch().isPresent()) {
            PatchId patch = filter.patch().get();
            return filter.newestFirst() ? aboutUntil(patch, feedCursor) : about(patch, feedCursor);
        }
        return filter.newestFirst() ? activityLog.before(feedCursor, STRETCH) : activityLog.after(feedCursor, STRETCH);
    }

    private Stretch aboutUntil(PatchId patch, FeedCursor last) {
        List<PositionedEvent> placed = about(patch, FeedCursor.START).events().stream()
                .filter(each -> each.after().accepted() <= last.accepted()
                        && each.after().number() <= last.number())
                .toList();
        return new Stretch(placed.reversed(), false);
    }

    private Stretch about(PatchId patch, FeedCursor after) {
        List<PositionedEvent> placed = new ArrayList<>();
        FeedCursor feedCursor = after;
        for (ActivityEvent activityEvent : activityLog.about(patch)) {
            boolean behind = activityEvent.isAcceptance()
                    ? activityEvent.number() > after.accepted()
                    : activityEvent.number() > after.number();
            if (behind) {
                feedCursor = activityEvent.isAcceptance()
                        ? new FeedCursor(activityEvent.number(), feedCursor.number())
                        : new FeedCursor(feedCursor.accepted(), activityEvent.number());
                placed.add(new PositionedEvent(activityEvent, feedCursor));
            }
        }
        return new Stretch(placed, false);
    }
}
