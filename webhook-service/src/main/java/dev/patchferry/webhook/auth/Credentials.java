package dev.patchferry.webhook.auth;

import dev.patchferry.foundation.token.Token;
import dev.patchferry.foundation.token.TokenFile;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The principals and their tokens. Made at the start, so that the token files are there when the service is ready. */
@Startup
@Singleton
final class Credentials {
    private final List<Credential> known;

    Credentials(AuthConfig config) {
        String submit = TokenFile.secret(config.submitToken(), config.submitTokenFile(), config.home(), "submit");
        String operator =
                TokenFile.secret(config.operatorToken(), config.operatorTokenFile(), config.home(), "operator");
        if (submit.equals(operator)) {
            throw new IllegalArgumentException(
                    "the submit and the operator token are the same; nobody could tell them" + " apart");
        }
        this.known = List.of(
                new Credential("submit", Set.of(Roles.SUBMIT), Token.of(submit)),
                new Credential("operator", Set.of(Roles.SUBMIT, Roles.VIEW, Roles.OPERATE), Token.of(operator)));
    }

    /** Whose token this is. Takes as long whether the first, the last or none matches. */
    Optional<Credential> of(String token) {
        List<Credential> matching = known.stream()
                .filter(credential -> credential.token().matches(token))
                .toList();
        return matching.stream().findFirst();
    }

    /** A principal, what it may do, and what proves it. */
    record Credential(String principal, Set<String> roles, Token token) {}
}
