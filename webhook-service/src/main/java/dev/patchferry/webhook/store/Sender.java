package dev.patchferry.webhook.store;

import java.util.List;

/**
 * Who sent a patch, as the webhook attests it to the runner.
 *
 * @param principal the name that a patch belongs to
 * @param roles what the sender might do, at the time of sending
 */
public record Sender(String principal, List<String> roles) {
    public Sender {
        roles = roles.stream().sorted().toList();
    }

    /** The roles with commas between them, as the runner reads them. */
    public String joinedRoles() {
        return String.join(",", roles);
    }

    static Sender of(String principal, String joinedRoles) {
        return new Sender(principal, List.of(joinedRoles.split(",")));
    }
}
