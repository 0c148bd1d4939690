package dev.patchferry.webhook.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One principal as it stands in the file of principals.
 *
 * @param workspaces those it may use; absent for all
 * @param rate patches per minute; absent for what everybody may send
 * @param revokedAt since when none of its tokens is good any more; the entry stays, so that a name is not given to
 *     somebody else by mistake
 * @param tokens what proves it; during a rotation more than one
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record PrincipalEntry(
        String name,
        List<String> roles,
        Optional<Set<WorkspaceName>> workspaces,
        OptionalInt rate,
        Instant createdAt,
        Optional<Instant> revokedAt,
        List<Key> tokens) {
    private static final int MOST_TOKENS = 8;
    /** Principals that are there without the file, and what the runner calls its direct caller. */
    private static final Set<String> RESERVED =
            Set.of("submit", "operator", "webhook", "github", "runner", "runner-token", "anonymous");

    PrincipalEntry {
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("`" + name + "` is the name of a principal that is there anyway");
        }
        roles = List.copyOf(roles);
        tokens = List.copyOf(tokens);
        if (tokens.size() > MOST_TOKENS) {
            throw new IllegalArgumentException("`" + name + "` has more than " + MOST_TOKENS + " tokens");
        }
        principal(name, roles, workspaces, rate);
    }

    /**
     * One token.
     *
     * @param expiresAt from when on it is not good any more; absent for never
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Key(TokenHash sha256, Instant createdAt, Optional<Instant> expiresAt) {
        boolean isGoodAt(Instant now) {
            return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
        }

        /** The same, good until then at the latest. */
        Key until(Instant end) {
            return expiresAt.filter(end::isAfter).isPresent() ? this : new Key(sha256, createdAt, Optional.of(end));
        }
    }

    Principal principal() {
        return principal(name, roles, workspaces, rate);
    }

    private static Principal principal(
            String name, List<String> roles, Optional<Set<WorkspaceName>> workspaces, OptionalInt rate) {
        return new Principal(name, Set.copyOf(roles), new WorkspaceScope(workspaces), rate);
    }

    /** When the token that was given last expires; empty for never. */
    Optional<Instant> expiresAt() {
        return tokens.isEmpty() ? Optional.empty() : tokens.getLast().expiresAt();
    }

    boolean isRevoked() {
        return revokedAt.isPresent();
    }

    PrincipalEntry revoked(Instant now) {
        return new PrincipalEntry(name, roles, workspaces, rate, createdAt, Optional.of(now), List.of());
    }

    /** The same with a new token; the others are good for as long as the overlap lasts, if they were to be for longer. */
    PrincipalEntry rotated(Key fresh, Instant endOfOthers) {
        List<Key> keys = new ArrayList<>();
        tokens.stream()
                .filter(key -> key.isGoodAt(fresh.createdAt()) && endOfOthers.isAfter(fresh.createdAt()))
                .map(key -> key.until(endOfOthers))
                .forEach(keys::add);
        keys.add(fresh);
        return new PrincipalEntry(name, roles, workspaces, rate, createdAt, revokedAt, keys);
    }
}
