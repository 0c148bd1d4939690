package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a runner's journal: the number of an event and the random nonce that event was given, as {@code 17-3f…}.
 * The nonce tells a journal from another one that was restored or begun anew and reached the same number.
 *
 * <p>A journal's origin, the place before its first event, has a nonce as well, so that even a reader of no event knows
 * whose journal it reads.
 *
 * @param number of the event, from 1; an origin's is that of the last event before it, 0 in a new journal
 * @param nonce 16 hexadecimal digits; empty only in {@link #START}
 */
public record EventCursor(long number, String nonce) {
    /** Before the first event of whichever journal there is. */
    public static final EventCursor START = new EventCursor(0, "");

    private static final Pattern SHAPE = Pattern.compile("(0|[1-9][0-9]{0,17})-([0-9a-f]{16})");

    /** Reads what {@link #toString} wrote; empty for anything else. */
    public static Optional<EventCursor> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(START);
        }
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventCursor(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    @JsonCreator
    static EventCursor of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not an event cursor"));
    }

    @JsonValue
    @Override
    public String toString() {
        return nonce.isEmpty() ? "0" : number + "-" + nonce;
    }
}
