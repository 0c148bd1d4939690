package dev.patchferry.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the text of a patch is to be read. {@link #AUTO} lets the runner tell from the text. */
public enum PatchFormat {
    AUTO,
    SHELL,
    CONTENT,
    UNIFIED_DIFF,
    APPLY_PATCH,
    SEARCH_REPLACE,
    REPLACE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<PatchFormat> named(String wireName) {
        return Arrays.stream(values())
                .filter(format -> format.wireName().equals(wireName))
                .findFirst();
    }

    /** All names on the wire, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(PatchFormat::wireName).collect(Collectors.joining(", "));
    }

    @JsonCreator
    static PatchFormat ofWireName(String wireName) {
        return named(wireName).orElseThrow(() -> new IllegalArgumentException("no such format: " + wireName));
    }
}
