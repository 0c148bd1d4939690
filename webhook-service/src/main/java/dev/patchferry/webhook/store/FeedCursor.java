package dev.patchferry.webhook.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the activity log: what was before it is known by two numbers that only grow.
 *
 * @param accepted the last patch in the order of acceptance
 * @param number the last of everything else
 */
public record FeedCursor(long accepted, long number) {
    /** Before everything. */
    public static final FeedCursor START = new FeedCursor(0, 0);

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** As {@link #toString} wrote it; empty for anything else. */
    public static Optional<FeedCursor> parse(String text) {
        Matcher numbers = WRITTEN.matcher(text);
        return numbers.matches()
                ? Optional.of(new FeedCursor(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2))))
                : Optional.empty();
    }

    FeedCursor with(ActivityEvent activityEvent) {
        return activityEvent.isAcceptance()
                ? new FeedCursor(activityEvent.number(), number)
                : new FeedCursor(accepted, activityEvent.number());
    }

    /** The place before what happened last before this one. */
    public FeedCursor without(ActivityEvent last) {
        return last.isAcceptance()
                ? new FeedCursor(last.number() - 1, number)
                : new FeedCursor(accepted, last.number() - 1);
    }

    @Override
    public String toString() {
        return accepted + "-" + number;
    }
}
