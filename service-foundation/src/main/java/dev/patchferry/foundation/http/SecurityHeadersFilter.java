package dev.patchferry.foundation.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Sees every request before anything else does, and gives its answer the security headers. */
@Singleton
final class SecurityHeadersFilter {
    private static final int BEFORE_EVERYTHING = 2_000;

    void register(@Observes Filters filters) {
        filters.register(SecurityHeadersFilter::pass, BEFORE_EVERYTHING);
    }

    private static void pass(RoutingContext request) {
        SecurityHeaders.putInto(request.response().headers());
        request.next();
    }
}
