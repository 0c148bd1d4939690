package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The sender's name for a patch; the idempotency key of the whole system.
 *
 * <p>1 to 128 characters of {@code A-Z a-z 0-9 . _ ( ) + : @ -}, the first a letter or digit. Such an id is one path
 * segment, needs no escaping in a log line, and can never be an option, a hidden file or a parent directory.
 *
 * @param value the id as sent
 */
public record PatchId(@JsonValue String value) {
    /** The rule in words, for messages. */
    public static final String RULE =
            "1 to 128 characters of A-Z a-z 0-9 . _ ( ) + : @ -, the first a letter or a digit";

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._()+:@-]{0,127}");

    public PatchId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a patch id; an id is " + RULE);
        }
    }

    @JsonCreator
    public static PatchId of(String value) {
        return new PatchId(value);
    }

    public static boolean isValid(String value) {
        return SHAPE.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
