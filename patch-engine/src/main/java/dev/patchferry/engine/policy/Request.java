package dev.patchferry.engine.policy;

import java.util.List;
import java.util.Set;

/**
 * What is known of a patch before it runs.
 *
 * @param principal who sent it
 * @param roles what the sender may do, as attested
 * @param documentRoles what the document itself says it is, lower case
 * @param format the form it was read as
 * @param commands what it runs
 * @param released whether somebody approved that it runs
 */
public record Request(
        String principal,
        Set<String> roles,
        Set<String> documentRoles,
        String format,
        List<String> commands,
        boolean released) {
    public Request {
        roles = Set.copyOf(roles);
        documentRoles = Set.copyOf(documentRoles);
        commands = List.copyOf(commands);
    }
}
