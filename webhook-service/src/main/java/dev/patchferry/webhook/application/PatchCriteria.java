package dev.patchferry.webhook.application;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.PatchQuery;
import java.util.Optional;
import java.util.Set;

/**
 * Which patches a caller asks for.
 *
 * @param statuses only those in one of these states; empty for all
 * @param principal only this sender's
 * @param after only those that follow this place in the order of acceptance
 * @param limit at most this many
 */
public record PatchCriteria(
        Set<PatchStatus> statuses,
        Optional<WorkspaceName> workspace,
        Optional<String> principal,
        PatchQuery.Order order,
        Optional<Long> after,
        int limit) {
    public PatchCriteria {
        statuses = Set.copyOf(statuses);
    }
}
