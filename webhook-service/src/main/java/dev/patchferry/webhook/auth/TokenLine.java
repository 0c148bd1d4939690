package dev.patchferry.webhook.auth;

import dev.patchferry.contract.WorkspaceName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** A line of {@code ferry token list}. */
final class TokenLine {
    private TokenLine() {}

    static String of(PrincipalEntry entry, Instant now) {
        return "%-24s %-22s %-20s %-8s %s"
                .formatted(
                        entry.name(),
                        String.join(",", entry.roles()),
                        entry.workspaces()
                                .map(some -> some.stream()
                                        .map(WorkspaceName::value)
                                        .sorted()
                                        .collect(Collectors.joining(",")))
                                .orElse("all"),
                        entry.rate().isPresent() ? entry.rate().getAsInt() + "/min" : "default",
                        tokens(entry, now));
    }

    private static String tokens(PrincipalEntry entry, Instant now) {
        return entry.revokedAt()
                .map(at -> "revoked " + second(at))
                .orElseGet(() ->
                        entry.tokens().stream().map(key -> token(key, now)).collect(Collectors.joining("; ")));
    }

    /** The beginning of the hash tells tokens apart and gives none away. */
    private static String token(PrincipalEntry.Key key, Instant now) {
        String name = key.sha256().hex().substring(0, 8) + "… of " + second(key.createdAt());
        return key.expiresAt()
                .map(end -> name + (key.isGoodAt(now) ? ", until " : ", expired ") + second(end))
                .orElse(name);
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
