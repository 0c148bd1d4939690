package dev.patchferry.webhook.auth;

import dev.patchferry.foundation.settings.StartOrder;
import dev.patchferry.webhook.signature.Reading;
import dev.patchferry.webhook.signature.Signatures;
import io.quarkus.runtime.Startup;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who sends the body of a request: known before it is read, or, if the sender signs, only afterwards. The body is read once,
 * by {@code intake}, on a thread that may block; a mechanism of Quarkus Security would have to gather it on the event loop
 * and hand it on.
 */
@Startup(StartOrder.SETTINGS)
@Singleton
public final class SenderAuthenticator {
    private static final String PATH = "/webhook";
    private static final String ADVICE =
            "The signature is not that of this body under the secret of this service. Sign the bytes as they are sent."
                    + " Nothing was stored.";

    private final SigningSecrets secrets;
    private final AuthenticationFailures authenticationFailures;
    private final Map<String, Principal> signing;

    SenderAuthenticator(SigningSecrets secrets, AuthenticationFailures authenticationFailures) {
        this.secrets = secrets;
        this.authenticationFailures = authenticationFailures;
        this.signing = Signatures.PRINCIPALS.stream()
                .map(name -> Principal.unlimited(name, Roles.SUBMIT))
                .collect(Collectors.toMap(Principal::name, Function.identity()));
    }

    /**
     * Who sent a body.
     *
     * @param message what a sender that signs calls the message; the same for each attempt to deliver it
     */
    public record Proof(Principal sender, Optional<String> message) {}

    /** Whether it is known who sends the body before it is read. */
    public boolean isKnown(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof Principal;
    }

    /**
     * Who sent this body.
     *
     * @throws AuthenticationFailedException if its signature is wrong
     */
    public Proof prove(SecurityIdentity identity, byte[] body) {
        if (!(identity.getPrincipal() instanceof ClaimedSender claimed)) {
            return new Proof(Principal.of(identity), Optional.empty());
        }
        if (!claimed.claim().isProvedBy(body)) {
            throw authenticationFailures.refuse(claimed.request(), "wrong signature", ADVICE);
        }
        Principal sender =
                Optional.ofNullable(signing.get(claimed.claim().principal())).orElseThrow();
        return new Proof(sender, claimed.claim().messageId());
    }

    /** What the headers of a request claim. A signature is a credential for sending a patch and nothing else. */
    Reading read(HttpServerRequest request) {
        return HttpMethod.POST.equals(request.method()) && PATH.equals(request.path())
                ? secrets.read(request.headers()::getAll)
                : new Reading.Unsigned();
    }
}
