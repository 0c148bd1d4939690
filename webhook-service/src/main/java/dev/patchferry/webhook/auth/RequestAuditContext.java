package dev.patchferry.webhook.auth;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What came to light about a request while its body was read, for whoever records how it was answered: who signed it, and
 * which patch it was about.
 *
 * @param principal who proved to have sent it
 * @param patch the id that its document has
 * @param hash of the document's content, if it is a valid one
 */
public record RequestAuditContext(String principal, Optional<PatchId> patch, Optional<ContentHash> hash) {
    private static final String KEY = RequestAuditContext.class.getName();

    /** Nothing but who sent it. */
    public static RequestAuditContext sentBy(Principal sender) {
        return new RequestAuditContext(sender.name(), Optional.empty(), Optional.empty());
    }

    /** The same about a document that is not valid, but for its id. */
    public RequestAuditContext about(PatchId id) {
        return new RequestAuditContext(principal, Optional.of(id), Optional.empty());
    }

    /** The same about a document. */
    public RequestAuditContext about(PatchId id, ContentHash content) {
        return new RequestAuditContext(principal, Optional.of(id), Optional.of(content));
    }

    /** From now on this is known of a request. */
    public void noteIn(RoutingContext request) {
        request.put(KEY, this);
    }

    /** What is known of a request by now. */
    public static Optional<RequestAuditContext> of(RoutingContext request) {
        return Optional.ofNullable(request.get(KEY));
    }
}
