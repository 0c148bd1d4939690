package dev.patchferry.webhook.auth;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody who may use the service. The name goes into headers, logs and listings, so it holds nothing that could mean
 * something there.
 *
 * @param name whose patches are theirs: {@link #RULE}
 * @param roles at least one of {@link Roles#ALL}; those that another one implies are added
 * @param reach the workspaces
 * @param rate patches per minute; empty for what everybody may send
 */
public record Principal(String name, Set<String> roles, WorkspaceScope reach, OptionalInt rate)
        implements java.security.Principal {
    /** What a name looks like, in words. */
    public static final String RULE = "1 to 64 characters of a-z 0-9 . _ -, the first a letter or a digit";

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int HIGHEST_RATE = 1_000_000;

    public Principal {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a principal; a name is " + RULE);
        }
        roles = Roles.withImplied(roles);
        if (rate.isPresent() && (rate.getAsInt() < 1 || rate.getAsInt() > HIGHEST_RATE)) {
            throw new IllegalArgumentException("a rate is a number of patches per minute from 1 to " + HIGHEST_RATE);
        }
    }

    /** One that may use every workspace, at everybody's rate. */
    static Principal unlimited(String name, String... roles) {
        return new Principal(name, Set.of(roles), WorkspaceScope.EVERYWHERE, OptionalInt.empty());
    }

    /**
     * The principal that a request was proved to come from.
     *
     * @throws IllegalStateException if it was not; then some resource asks for no role
     */
    public static Principal of(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException("nobody that we know was let in");
    }

    @Override
    public String getName() {
        return name;
    }

    /** As Quarkus Security knows it. */
    SecurityIdentity identity() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(this)
                .addRoles(roles)
                .build();
    }
}
