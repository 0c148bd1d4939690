package dev.patchferry.webhook.store;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, as far as it can be told.
 *
 * @param address the other end of the connection
 * @param forwardedFor whom {@value #FORWARDED} named, which anybody can send
 */
public record Origin(Optional<String> address, Optional<String> forwardedFor) {
    /** The header in which a tunnel says for whom it asks. */
    public static final String FORWARDED = "CF-Connecting-IP";

    /** Nobody can tell. */
    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());

    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    /** Whatever of it looks like an address. */
    public static Origin of(@Nullable String address, @Nullable String forwardedFor) {
        return new Origin(addressIn(address), addressIn(forwardedFor));
    }

    private static Optional<String> addressIn(@Nullable String text) {
        return Optional.ofNullable(text).filter(some -> ADDRESS.matcher(some).matches());
    }
}
