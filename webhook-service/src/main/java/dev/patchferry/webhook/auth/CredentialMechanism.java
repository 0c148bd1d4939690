package dev.patchferry.webhook.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.signature.Claim;
import dev.patchferry.webhook.signature.Reading;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * The credentials of a request: {@code Authorization: Bearer TOKEN}, as RFC 6750 has it, or a signature, which makes a
 * {@link ClaimedSender} of somebody until the body is there.
 */
@Singleton
final class CredentialMechanism implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    private final Credentials credentials;
    private final SenderAuthenticator senderAuthenticator;
    private final AuthenticationFailures authenticationFailures;

    CredentialMechanism(
            Credentials credentials,
            SenderAuthenticator senderAuthenticator,
            AuthenticationFailures authenticationFailures) {
        this.credentials = credentials;
        this.senderAuthenticator = senderAuthenticator;
        this.authenticationFailures = authenticationFailures;
    }

    /** No credential: nobody (null). One that proves nothing: a failure, also where nobody would have been enough. */
    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager ignored) {
        HttpServerRequest request = context.request();
        List<String> authorizations = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        return switch (senderAuthenticator.read(request)) {
            case Reading.Unsigned()
            when authorizations.isEmpty() -> Uni.createFrom().nullItem();
            case Reading.Unsigned() -> bearer(request, authorizations);
            case Reading.Claimed(Claim claim)
            when authorizations.isEmpty() -> Uni.createFrom().item(new ClaimedSender(claim, request).identity());
            case Reading.Unusable(String reason)
            when authorizations.isEmpty() ->
                refuse(
                        request,
                        "unusable signature",
                        "The signature cannot be used: " + reason + ". Nothing was read or stored.");
            default ->
                refuse(
                        request,
                        "two kinds of credentials",
                        "Send a token or a signature, not both. " + AuthProblems.HOW_TO);
        };
    }

    private Uni<SecurityIdentity> bearer(HttpServerRequest request, List<String> authorizations) {
        return Optional.of(authorizations)
                .filter(all -> all.size() == 1)
                .flatMap(all -> token(all.getFirst()))
                .flatMap(credentials::holder)
                .map(Uni.createFrom()::item)
                .orElseGet(() -> refuse(request, "unknown token", AuthProblems.HOW_TO));
    }

    private static Optional<String> token(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private Uni<SecurityIdentity> refuse(HttpServerRequest request, String reason, String advice) {
        return Uni.createFrom().failure(authenticationFailures.refuse(request, reason, advice));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, HttpHeaders.WWW_AUTHENTICATE, AuthProblems.CHALLENGE));
    }

    /** For what is refused outside JAX-RS, such as the metrics. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        context.response()
                .setStatusCode(401)
                .putHeader(HttpHeaders.WWW_AUTHENTICATE, AuthProblems.CHALLENGE)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json(AuthProblems.UNAUTHENTICATED));
        return Uni.createFrom().item(true);
    }

    private static String json(Problem problem) {
        try {
            return Json.MAPPER.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }
}
