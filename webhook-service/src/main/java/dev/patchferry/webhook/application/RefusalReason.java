package dev.patchferry.webhook.application;

import dev.patchferry.contract.FieldFault;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Problem;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.StoredPatch;
import java.time.Duration;
import java.util.List;

/** Why an operation was not done. Nothing was stored or changed, except where {@link RunnerSilent} leaves that open. */
public sealed interface RefusalReason {
    /** The text is no id of a patch. */
    record NotAnId() implements RefusalReason {}

    /** No patch with this id exists for the caller. */
    record NoSuchPatch(PatchId id) implements RefusalReason {}

    /** The caller may see the patch and no more. */
    record NotYours() implements RefusalReason {}

    /** The caller's roles do not allow it to change anything. */
    record NotAllowed() implements RefusalReason {}

    /** The caller sends too much at once. */
    record TooMany(String detail, Duration retryAfter) implements RefusalReason {}

    /** The document is not valid. */
    record InvalidDocument(List<FieldFault> faults) implements RefusalReason {
        public InvalidDocument {
            faults = List.copyOf(faults);
        }
    }

    /** Somebody else has to decide about a caller's own patch. */
    record OwnPatch() implements RefusalReason {}

    /** The caller may not use this workspace. */
    record WorkspaceNotAllowed(WorkspaceName workspace) implements RefusalReason {}

    /**
     * The caller may not look at other principals' patches.
     *
     * @param principal the caller's own
     */
    record OnlyOwnPatches(String principal) implements RefusalReason {}

    /**
     * The patch is in no state that allows this.
     *
     * @param detail a sentence or two, in words that name no face
     */
    record WrongState(PatchStatus status, String detail) implements RefusalReason {}

    /**
     * This id was stored with other content.
     *
     * @param free an id made from the refused one that nobody uses yet
     */
    record IdConflict(StoredPatch existing, PatchId free) implements RefusalReason {}

    /** Somebody else uses this id. */
    record IdTaken(PatchId id) implements RefusalReason {}

    /** The message's id was used for another body. */
    record MessageReused(String message) implements RefusalReason {}

    /** The store takes nothing new for want of room, and may later. */
    record NoRoom(String reason) implements RefusalReason {}

    /** The runner refused, in its own words. */
    record ByRunner(Problem problem) implements RefusalReason {}

    /** The runner keeps no output of this patch, or no longer. */
    record NoOutput() implements RefusalReason {}

    /** The request never reached the runner. */
    record RunnerUnreachable() implements RefusalReason {}

    /** The request may have reached the runner; no usable answer came back. */
    record RunnerSilent() implements RefusalReason {}
}
