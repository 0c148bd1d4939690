package dev.patchferry.webhook.auth;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a principal may do. */
public final class Roles {
    /** Read the files of workspaces. */
    public static final String READ = "read";
    /** Submit patches; see, cancel and undo its own. Implies {@link #READ}. */
    public static final String SUBMIT = "submit";
    /** See every patch. */
    public static final String VIEW = "view";
    /** Everything. */
    public static final String OPERATE = "operate";

    /** To be heard: what somebody may who signs, until the signature was checked. No principal has it. */
    public static final String CLAIM = "claim";

    /** Every role of a principal, the least first. */
    public static final List<String> ALL = List.of(READ, SUBMIT, VIEW, OPERATE);

    private Roles() {}

    /**
     * The roles with those that they imply.
     *
     * @throws IllegalArgumentException if there is none, or one that does not exist
     */
    static Set<String> withImplied(Collection<String> roles) {
        if (roles.isEmpty() || !ALL.containsAll(roles)) {
            throw new IllegalArgumentException("roles are at least one of " + String.join(", ", ALL));
        }
        if (roles.contains(OPERATE)) {
            return Set.copyOf(ALL);
        }
        Set<String> all = new HashSet<>(roles);
        if (roles.contains(SUBMIT)) {
            all.add(READ);
        }
        return Set.copyOf(all);
    }
}
