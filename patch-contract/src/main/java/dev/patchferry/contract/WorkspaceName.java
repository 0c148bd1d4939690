package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a workspace of a runner: 1 to 64 characters of {@code a-z 0-9 . _ -}, the first a letter or digit.
 *
 * @param value the name
 */
public record WorkspaceName(@JsonValue String value) {
    // Before DEFAULT, whose constructor uses it.
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** The workspace of a document that names none. */
    public static final WorkspaceName DEFAULT = new WorkspaceName("default");

    /** The rule in words, for messages. */
    public static final String RULE = "1 to 64 characters of a-z 0-9 . _ -, the first a letter or a digit";

    public WorkspaceName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a workspace name; a name is " + RULE);
        }
    }

    @JsonCreator
    public static WorkspaceName of(String value) {
        return new WorkspaceName(value);
    }

    public static boolean isValid(String value) {
        return SHAPE.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
