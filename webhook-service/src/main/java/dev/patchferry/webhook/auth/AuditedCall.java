package dev.patchferry.webhook.auth;

import dev.patchferry.contract.PatchId;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What a request came to that is answered 200 whatever it came to, for whoever records how requests are answered.
 *
 * @param call what was called
 * @param status the HTTP status by which another interface would say the same
 * @param outcome the action, or the kind of refusal
 */
public record AuditedCall(String call, Optional<PatchId> patch, int status, String outcome, String detail) {
    private static final String KEY = AuditedCall.class.getName();

    /** From now on this is known of a request. */
    public void noteIn(RoutingContext request) {
        request.put(KEY, this);
    }

    /** What is known of a request by now. */
    public static Optional<AuditedCall> of(RoutingContext request) {
        return Optional.ofNullable(request.get(KEY));
    }
}
