package dev.patchferry.webhook.auth;

import java.time.Duration;

/** Spans of time as {@code Retry-After} tells them: whole seconds, never too few. */
final class Seconds {
    private Seconds() {}

    static Duration upTo(Duration exact) {
        return Duration.ofSeconds(exact.plusMillis(999).toSeconds());
    }
}
