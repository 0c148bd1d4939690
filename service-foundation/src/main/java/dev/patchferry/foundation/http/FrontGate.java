package dev.patchferry.foundation.http;

import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Sees every request before anything else does: gives its answer the security headers, and refuses odd targets. */
@Singleton
final class FrontGate {
    private static final int BEFORE_EVERYTHING = 2_000;

    void register(@Observes Filters filters) {
        filters.register(FrontGate::pass, BEFORE_EVERYTHING);
    }

    private static void pass(RoutingContext request) {
        HttpServerResponse response = request.response();
        SecurityHeaders.putInto(response.headers());
        Optional<String> fault = Target.fault(request.request().uri());
        if (fault.isEmpty()) {
            request.next();
            return;
        }
        Problem problem = Problem.of(ProblemType.BAD_REQUEST, "The request's target " + fault.get() + ".");
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(PlainAnswer.json(problem));
    }
}
