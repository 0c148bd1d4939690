package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import java.util.Optional;
import java.util.Set;

/**
 * Which patches to list, newest first.
 *
 * @param principal only this sender's
 * @param within only those of these workspaces
 * @param before only those accepted before this {@link StoredPatch#seq}
 * @param limit how many at most
 */
public record PatchQuery(
        Optional<PatchStatus> status,
        Optional<WorkspaceName> workspace,
        Optional<String> principal,
        Optional<Set<WorkspaceName>> within,
        Optional<Long> before,
        int limit) {}
