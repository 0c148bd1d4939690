package dev.patchferry.webhook.audit;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.Problem;
import dev.patchferry.foundation.redaction.Redactor;
import dev.patchferry.webhook.auth.AuditedCall;
import dev.patchferry.webhook.auth.Principal;
import dev.patchferry.webhook.auth.RequestAuditContext;
import dev.patchferry.webhook.auth.SourceAddress;
import dev.patchferry.webhook.store.AuditEntry;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RequestOrigin;
import dev.patchferry.webhook.store.StoredPatch;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jdbi.v3.core.JdbiException;

/**
 * Notes what was asked for about a patch, and what was refused, from the answers: whatever is answered with was decided,
 * and nothing is decided that is not answered. Looks at nothing else, so that an acceptance costs a comparison.
 */
class AuditedAnswers {
    private static final Logger LOG = Logger.getLogger(AuditedAnswers.class);
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 409, 422, 429);
    private static final Pattern ABOUT_A_PATCH = Pattern.compile("/?patches/([^/]+)(?:/([a-z]+))?");
    private static final int LONGEST_DETAIL = 300;

    private final RefusalAggregator refusalAggregator;
    private final PatchStore store;
    private final CurrentVertxRequest current;
    private final Clock clock;

    AuditedAnswers(RefusalAggregator refusalAggregator, PatchStore store, CurrentVertxRequest current, Clock clock) {
        this.refusalAggregator = refusalAggregator;
        this.store = store;
        this.current = current;
        this.clock = clock;
    }

    @ServerResponseFilter
    public void note(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<AuditedCall> call = AuditedCall.of(current.getCurrent());
        if (call.isPresent()) {
            note(call.get());
            return;
        }
        int status = response.getStatus();
        boolean refused = REFUSALS.contains(status);
        if (refused) {
            refusalAggregator.count(refusal(request, response));
        } else if (status < 300 && request.getMethod().equals("POST")) {
            Matcher action = ABOUT_A_PATCH.matcher(request.getUriInfo().getPath());
            if (action.matches() && action.group(2) != null) {
                noteNow(action(action.group(1), action.group(2), status));
            }
        }
    }

    /** A call of a tool, which is answered 200 whatever came of it. */
    private void note(AuditedCall call) {
        Optional<String> patch = call.patch().map(PatchId::value);
        Optional<String> hash =
                call.patch().flatMap(store::find).map(found -> found.hash().hex());
        if (REFUSALS.contains(call.status())) {
            String detail = call.status() + " to " + call.call() + ": " + call.detail();
            refusalAggregator.count(note(AuditEntry.Kind.REFUSED, call.outcome(), patch, hash, detail));
        } else if (call.status() < 300) {
            noteNow(note(AuditEntry.Kind.ACTION, call.outcome(), patch, hash, call.detail()));
        }
    }

    /** What was done is done, so that a store that cannot be written now must not make the answer an error. */
    private void noteNow(AuditEntry auditEntry) {
        try {
            store.activityLog().note(List.of(auditEntry));
        } catch (JdbiException e) {
            LOG.warnf("an action is noted later reason=%s", e.getMessage());
            refusalAggregator.count(auditEntry);
        }
    }

    private AuditEntry refusal(ContainerRequestContext request, ContainerResponseContext response) {
        String detail = response.getEntity() instanceof Problem problem ? problem.detail() : "";
        String what =
                request.getMethod() + " /" + request.getUriInfo().getPath().replaceFirst("^/", "");
        Optional<RequestAuditContext> subject = RequestAuditContext.of(current.getCurrent());
        return note(
                AuditEntry.Kind.REFUSED,
                type(response),
                subject.flatMap(RequestAuditContext::patch)
                        .or(() -> bearer(current.getCurrent()).flatMap(_ -> named(request)))
                        .map(PatchId::value),
                subject.flatMap(RequestAuditContext::hash).map(ContentHash::hex),
                response.getStatus() + " to " + what + (detail.isEmpty() ? "" : ": " + detail));
    }

    /** The patch that a path is about, which need not exist: taken from those alone who proved who they are. */
    private static Optional<PatchId> named(ContainerRequestContext request) {
        Matcher about = ABOUT_A_PATCH.matcher(request.getUriInfo().getPath());
        return about.matches() && PatchId.isValid(about.group(1))
                ? Optional.of(new PatchId(about.group(1)))
                : Optional.empty();
    }

    private static String type(ContainerResponseContext response) {
        return response.getEntity() instanceof Problem problem
                ? problem.type().substring(problem.type().lastIndexOf(':') + 1)
                : String.valueOf(response.getStatus());
    }

    private AuditEntry action(String id, String name, int status) {
        Optional<StoredPatch> patch = PatchId.isValid(id) ? store.find(new PatchId(id)) : Optional.empty();
        return note(
                AuditEntry.Kind.ACTION,
                name,
                patch.map(found -> found.id().value()),
                patch.map(found -> found.hash().hex()),
                status == 202 ? "asked for; not done yet" : "done");
    }

    private AuditEntry note(
            AuditEntry.Kind kind, String outcome, Optional<String> patch, Optional<String> hash, String detail) {
        RoutingContext context = current.getCurrent();
        HttpServerRequest request = context.request();
        String shown = Redactor.SHAPES.text(detail);
        return new AuditEntry(
                clock.instant(),
                kind,
                outcome,
                principal(context),
                new RequestOrigin(SourceAddress.peer(request), SourceAddress.claimed(request)),
                patch,
                hash,
                shown.substring(0, Math.min(shown.length(), LONGEST_DETAIL)),
                1);
    }

    /** Who it is, if they proved it; a signature is only looked at once the body was read. */
    private static Optional<String> principal(RoutingContext context) {
        return RequestAuditContext.of(context)
                .map(RequestAuditContext::principal)
                .or(() -> bearer(context));
    }

    private static Optional<String> bearer(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().getPrincipal() instanceof Principal principal
                ? Optional.of(principal.name())
                : Optional.empty();
    }
}
