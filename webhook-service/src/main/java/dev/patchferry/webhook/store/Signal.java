package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;

/** Something that was just committed. */
public sealed interface Signal {
    /** A patch came into this lane of the outbox. */
    record Enqueued(WorkspaceName workspace) implements Signal {}

    /** A patch came to another state. */
    record Changed(PatchId id, WorkspaceName workspace, PatchStatus status) implements Signal {}
}
