package dev.patchferry.webhook.signature;

import java.util.List;
import java.util.Optional;

/** The headers of a request, by name without regard to case. */
@FunctionalInterface
public interface Headers {
    /** Every value that a header was given, in order; none if it is not there. */
    List<String> all(String name);

    default boolean has(String name) {
        return !all(name).isEmpty();
    }

    /** The value of a header that was given once. */
    default Optional<String> only(String name) {
        List<String> values = all(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
