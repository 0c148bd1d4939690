package dev.patchferry.webhook.store;

import java.util.Optional;

/**
 * Where a request came from, as far as it can be told.
 *
 * @param address the other end of the connection
 * @param forwardedFor whom a header named, which anybody can send
 */
public record RequestOrigin(Optional<String> address, Optional<String> forwardedFor) {
    /** Nobody can tell. */
    public static final RequestOrigin UNKNOWN = new RequestOrigin(Optional.empty(), Optional.empty());
}
