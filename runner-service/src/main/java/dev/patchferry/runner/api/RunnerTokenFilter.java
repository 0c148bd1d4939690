package dev.patchferry.runner.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.token.Token;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who has the runner token, before anything of a request is read or routed. Only the probes are open: they tell
 * nothing about patches.
 */
@ApplicationScoped
class RunnerTokenFilter {
    private static final int BEFORE_EVERYTHING = 1_000;
    private static final String SCHEME = "Bearer ";

    private final Token token;

    RunnerTokenFilter(Token token) {
        this.token = token;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    private void check(RoutingContext request) {
        String path = request.normalizedPath();
        if (path.equals("/health") || path.startsWith("/q/health") || mayPass(authorization(request))) {
            request.next();
            return;
        }
        request.response()
                .setStatusCode(ProblemType.UNAUTHENTICATED.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("WWW-Authenticate", "Bearer")
                .end(refusal());
    }

    private static @Nullable String authorization(RoutingContext request) {
        return request.request().getHeader("Authorization");
    }

    private boolean mayPass(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.matches(authorization.substring(SCHEME.length()).strip());
    }

    private static String refusal() {
        try {
            return Json.MAPPER.writeValueAsString(Problem.of(
                    ProblemType.UNAUTHENTICATED,
                    "Send the runner token as `Authorization: Bearer …`; it is in FERRY_HOME/tokens/runner."));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can always be written", e);
        }
    }
}
