package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import java.util.Optional;
import java.util.Set;

/**
 * Which patches to list.
 *
 * @param statuses only those in one of these states; empty for all
 * @param principal only this sender's
 * @param within only those of these workspaces
 * @param order newest first or oldest first
 * @param after only those that follow this {@link StoredPatch#seq} in that order
 * @param limit how many at most
 */
public record PatchQuery(
        Set<PatchStatus> statuses,
        Optional<WorkspaceName> workspace,
        Optional<String> principal,
        Optional<Set<WorkspaceName>> within,
        Order order,
        Optional<Long> after,
        int limit) {
    public PatchQuery {
        statuses = Set.copyOf(statuses);
    }

    /** By the time of acceptance. */
    public enum Order {
        NEWEST,
        OLDEST
    }
}
