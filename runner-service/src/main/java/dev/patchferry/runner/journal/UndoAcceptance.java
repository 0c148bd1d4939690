package dev.patchferry.runner.journal;

/** What came of asking the journal for an undo or a redo. */
public sealed interface UndoAcceptance {
    /** It waits for its turn, or runs: as a new request, or as the one that the same sender made before. */
    record Open(UndoRequest request) implements UndoAcceptance {}

    /** The patch is in the state that was asked for, and nothing that waits will change that. */
    record Done(JournaledPatch entry) implements UndoAcceptance {}

    /** The patch is in no state that can be undone or redone. */
    record WrongState(JournaledPatch entry) implements UndoAcceptance {}

    /** A request for the opposite waits for its turn. */
    record Opposed(JournaledPatch entry) implements UndoAcceptance {}

    /** Something happened to the patch after the event that the request is about. */
    record Stale(JournaledPatch entry) implements UndoAcceptance {}
}
