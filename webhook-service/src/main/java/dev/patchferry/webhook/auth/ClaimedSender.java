package dev.patchferry.webhook.auth;

import dev.patchferry.webhook.signature.Claim;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.vertx.core.http.HttpServerRequest;

/**
 * Somebody who signs, before the signature was checked: for that the body has to be there. May do nothing but be heard.
 *
 * @param request to tell whom a false claim came from
 */
record ClaimedSender(Claim claim, HttpServerRequest request) implements java.security.Principal {
    @Override
    public String getName() {
        return claim.principal() + " (not proved)";
    }

    SecurityIdentity identity() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(this)
                .addRole(Roles.CLAIM)
                .build();
    }
}
