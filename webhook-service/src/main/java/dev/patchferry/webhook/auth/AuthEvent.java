package dev.patchferry.webhook.auth;

import java.util.Set;

/**
 * A decision about who may come in, as a CDI event, fired where it is made and before it is answered: the one place for
 * whoever records such things. Holds no credential.
 */
public sealed interface AuthEvent {
    /**
     * A credential that proves nothing was sent.
     *
     * @param reason in a few words, never what was sent
     * @param request method and path
     */
    record Refused(String reason, String address, String request) implements AuthEvent {}

    /** So many wrong credentials came from there that they are no longer told one by one; fired once per outbreak. */
    record Throttled(String address) implements AuthEvent {}

    /** Somebody sent more patches than their rate allows. */
    record RateLimited(String principal) implements AuthEvent {}

    /**
     * The file of principals changed while the service was running.
     *
     * @param changed those who have other tokens, roles, workspaces or another rate
     */
    record PrincipalsChanged(Set<String> added, Set<String> revoked, Set<String> changed) implements AuthEvent {}

    /**
     * The files of signing secrets changed while the service was running.
     *
     * @param senders the principals whose secrets are others now
     */
    record SecretsChanged(Set<String> senders) implements AuthEvent {}
}
