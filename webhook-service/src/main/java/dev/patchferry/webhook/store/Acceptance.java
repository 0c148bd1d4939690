package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;

/** What came of asking the store to accept a patch. */
public sealed interface Acceptance {
    /** It is on disk, with its place in the outbox. */
    record Stored(StoredPatch patch) implements Acceptance {}

    /** This id was stored before with this content; nothing changed. */
    record Duplicate(StoredPatch patch) implements Acceptance {}

    /**
     * This id was stored before with other content; nothing changed.
     *
     * @param free an id made from the refused one that nobody uses yet
     */
    record Conflict(StoredPatch existing, PatchId free) implements Acceptance {}

    /**
     * The message was used for another body before; nothing changed.
     *
     * @param message what its sender called it
     */
    record Reused(String message) implements Acceptance {}

    /**
     * Nothing was stored: there is no room for anything new, and may be later.
     *
     * @param reason what is short of what
     */
    record NoRoom(String reason) implements Acceptance {}
}
