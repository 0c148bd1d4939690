package dev.patchferry.runner.journal;

import dev.patchferry.contract.PatchStatus;
import java.util.List;

/**
 * Somebody asked for a patch to be taken back, or to be brought back after that.
 *
 * @param number in the order of asking, never used again
 * @param patchSeq the patch's number
 * @param target what the patch is to be: {@code undone}, or {@code succeeded} once more
 * @param principal who asked
 * @param roles what they might do, as attested at that time
 * @param reason why it was refused, if it was
 */
public record UndoRequest(
        long number,
        long patchSeq,
        PatchStatus target,
        String principal,
        List<String> roles,
        State state,
        String reason) {
    public UndoRequest {
        roles = List.copyOf(roles);
    }

    /** How far it came. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        REFUSED
    }

    public boolean isOpen() {
        return state == State.WAITING || state == State.RUNNING;
    }
}
