package dev.patchferry.webhook.intake;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.foundation.http.RequestBody;
import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.webhook.application.Caller;
import dev.patchferry.webhook.application.SubmitPatch;
import dev.patchferry.webhook.auth.Principal;
import dev.patchferry.webhook.auth.RateLimit;
import dev.patchferry.webhook.auth.RequestAuditContext;
import dev.patchferry.webhook.auth.SenderAuthenticator;
import dev.patchferry.webhook.auth.SourceAddress;
import dev.patchferry.webhook.store.RawDocument;
import dev.patchferry.webhook.store.RequestOrigin;
import dev.patchferry.webhook.store.SignedMessage;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything between a request that somebody may make and a document that may be stored, in this order: who it is, whether
 * that is too much of them, whether it is JSON, whether it is valid. For those who sign, the body has to be read first; for
 * everybody else it is not touched before the rest is certain.
 */
@Singleton
class SubmissionReader {
    private final SenderAuthenticator senderAuthenticator;
    private final RateLimit rates;
    private final SecurityIdentity identity;
    private final CurrentVertxRequest current;

    SubmissionReader(
            SenderAuthenticator senderAuthenticator,
            RateLimit rates,
            SecurityIdentity identity,
            CurrentVertxRequest current) {
        this.senderAuthenticator = senderAuthenticator;
        this.rates = rates;
        this.identity = identity;
        this.current = current;
    }

    boolean isSenderKnown() {
        return senderAuthenticator.isKnown(identity);
    }

    /**
     * Counts the request of a sender that is known by now.
     *
     * @throws ProblemException 429 if it is one too many
     */
    void greet() {
        if (isSenderKnown()) {
            rates.count(Principal.of(identity));
        }
    }

    /**
     * Reads a document.
     *
     * @throws ProblemException for whatever is wrong with it
     * @throws io.quarkus.security.AuthenticationFailedException if it is not signed by whom it says
     */
    Submission read(@Nullable MediaType type, InputStream body) {
        if (isSenderKnown()) {
            requirePlainJson(type);
        }
        byte[] bytes = RequestBody.read(body);
        SenderAuthenticator.Proof proof = senderAuthenticator.prove(identity, bytes);
        RequestAuditContext.sentBy(proof.sender()).noteIn(current.getCurrent());
        if (!isSenderKnown()) {
            rates.count(proof.sender());
            requirePlainJson(type);
        }
        Optional<String> event =
                GithubEvent.of(proof.sender(), current.getCurrent().request());
        if (event.filter(GithubEvent.PING::equals).isPresent()) {
            return new Submission.Ping();
        }
        try {
            return new Submission.Patch(Caller.of(proof.sender()), request(bytes, proof));
        } catch (ProblemException e) {
            throw event.isPresent() ? GithubEvent.isNoPatch(event.get(), e) : e;
        }
    }

    private SubmitPatch.Request request(byte[] bytes, SenderAuthenticator.Proof proof) {
        RoutingContext request = current.getCurrent();
        RequestAuditContext requestAuditContext = RequestAuditContext.sentBy(proof.sender());
        PatchDocument document =
                RequestBody.document(bytes, id -> requestAuditContext.about(id).noteIn(request));
        requestAuditContext.about(document.id(), document.hash()).noteIn(request);
        return new SubmitPatch.Request(
                document,
                RawDocument.of(bytes),
                proof.message().map(id -> new SignedMessage(id, ContentHash.ofBytes(bytes))),
                new RequestOrigin(SourceAddress.peer(request.request()), SourceAddress.claimed(request.request())));
    }

    /** What is compressed would have to be bounded twice, and a patch is small. */
    private void requirePlainJson(@Nullable MediaType type) {
        requireJson(type);
        String encoding = current.getCurrent().request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as it is, without Content-Encoding: compressed bodies are not read.");
        }
    }

    private static void requireJson(@Nullable MediaType type) {
        if (type == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(type) || type.isWildcardType()) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send JSON with the header Content-Type: application/json.");
        }
    }
}
