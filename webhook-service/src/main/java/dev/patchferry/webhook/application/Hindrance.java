package dev.patchferry.webhook.application;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.webhook.store.StoredPatch;
import java.util.List;

/** What keeps a queued patch from running until the owner of the machine has done something. */
public final class Hindrance {
    /** What the runner's reasons for that begin with. */
    private static final List<String> REASONS = List.of("workspace_unusable: ", "disk_full: ");

    private Hindrance() {}

    /** Whether the patch waits for more than its turn; its reason then says for what. */
    public static boolean isOn(StoredPatch patch) {
        return patch.status() == PatchStatus.QUEUED && REASONS.stream().anyMatch(patch.reason()::startsWith);
    }
}
