package dev.patchferry.foundation.http;

import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * What every answer tells browsers, and caches on the way: take the content for what it says it is, keep no copy, run and
 * frame nothing of it, tell nobody where you were. There is no header that opens CORS, so it is closed.
 */
final class SecurityHeaders {
    static final Map<String, String> ALL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    private SecurityHeaders() {}

    /** A resource may still say otherwise of its own answer. */
    static void putInto(MultiMap headers) {
        ALL.forEach(headers::set);
    }
}
