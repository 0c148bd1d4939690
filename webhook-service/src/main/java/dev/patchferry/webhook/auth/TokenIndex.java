package dev.patchferry.webhook.auth;

import io.quarkus.security.identity.SecurityIdentity;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Everybody who has a token, by the hash of it. Immutable; a change of the file makes another one. */
final class TokenIndex {
    private final Map<TokenHash, Held> tokens;
    private final PrincipalList file;

    private TokenIndex(Map<TokenHash, Held> tokens, PrincipalList file) {
        this.tokens = tokens;
        this.file = file;
    }

    /**
     * A token in somebody's hands.
     *
     * @param identity made once, since each request asks for it
     */
    private record Held(SecurityIdentity identity, Optional<Instant> expiresAt) {
        boolean isGood(Clock clock) {
            return expiresAt.isEmpty() || clock.instant().isBefore(expiresAt.get());
        }
    }

    /**
     * Those that are there anyway, and those of a file.
     *
     * @throws IllegalArgumentException if one token belongs to two of them: nobody could tell them apart
     */
    static TokenIndex of(Map<Principal, String> always, PrincipalList file) {
        Map<TokenHash, Held> tokens = new HashMap<>();
        always.forEach((principal, token) ->
                put(tokens, TokenHash.of(token), new Held(principal.identity(), Optional.empty())));
        for (PrincipalEntry entry : file.principals()) {
            SecurityIdentity identity = entry.principal().identity();
            entry.tokens().forEach(key -> put(tokens, key.sha256(), new Held(identity, key.expiresAt())));
        }
        return new TokenIndex(tokens, file);
    }

    private static void put(Map<TokenHash, Held> tokens, TokenHash hash, Held held) {
        Held other = tokens.put(hash, held);
        if (other != null) {
            throw new IllegalArgumentException("the tokens of "
                    + other.identity().getPrincipal().getName() + " and "
                    + held.identity().getPrincipal().getName() + " are the same; nobody could tell them apart");
        }
    }

    /** Whose token this is, if it is good now. */
    Optional<SecurityIdentity> holder(String token, Clock clock) {
        Held held = tokens.get(TokenHash.of(token));
        return held != null && held.isGood(clock) ? Optional.of(held.identity()) : Optional.empty();
    }

    PrincipalList file() {
        return file;
    }
}
