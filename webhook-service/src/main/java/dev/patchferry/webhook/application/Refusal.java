package dev.patchferry.webhook.application;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.StoredPatch;

/** Why an operation was not done. Nothing was stored or changed, except where {@link RunnerSilent} leaves that open. */
public sealed interface Refusal {
    /** The text is no id of a patch. */
    record NotAnId() implements Refusal {}

    /** No patch with this id exists for the caller. */
    record NoSuchPatch(PatchId id) implements Refusal {}

    /** The caller may see the patch and no more. */
    record NotYours() implements Refusal {}

    /** Somebody else has to decide about a caller's own patch. */
    record OwnPatch() implements Refusal {}

    /** The caller may not use this workspace. */
    record WorkspaceNotAllowed(WorkspaceName workspace) implements Refusal {}

    /**
     * The caller may not look at other principals' patches.
     *
     * @param principal the caller's own
     */
    record OnlyOwnPatches(String principal) implements Refusal {}

    /**
     * The patch is in no state that allows this.
     *
     * @param detail a sentence or two, in words that name no face
     */
    record WrongState(PatchStatus status, String detail) implements Refusal {}

    /**
     * This id was stored with other content.
     *
     * @param free an id made from the refused one that nobody uses yet
     */
    record IdConflict(StoredPatch existing, PatchId free) implements Refusal {}

    /** Somebody else uses this id. */
    record IdTaken(PatchId id) implements Refusal {}

    /** The message's id was used for another body. */
    record MessageReused(String message) implements Refusal {}

    /** The store takes nothing new for want of room, and may later. */
    record NoRoom(String reason) implements Refusal {}

    /** The runner refused, in its own words. */
    record ByRunner(Problem problem) implements Refusal {}

    /** The runner keeps no output of this patch, or no longer. */
    record NoOutput() implements Refusal {}

    /** The request never reached the runner. */
    record RunnerUnreachable() implements Refusal {}

    /** The request may have reached the runner; no usable answer came back. */
    record RunnerSilent() implements Refusal {}
}
