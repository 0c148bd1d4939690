package dev.patchferry.webhook.store;

import dev.patchferry.contract.WorkspaceName;

/** Something that was just committed. */
public sealed interface StoreEvent {
    /** A patch came into this lane of the outbox. */
    record Enqueued(WorkspaceName workspace) implements StoreEvent {}

    /** A patch came to another state; it is what was committed then. */
    record Changed(StoredPatch patch) implements StoreEvent {}
}
