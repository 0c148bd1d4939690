package dev.patchferry.runner.api;

import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.journal.JournaledPatch;

/** Why a request about a patch that is in the right state is refused all the same. */
final class UndoProblems {
    private UndoProblems() {}

    /** Of a request that names an event after which something happened to the patch. */
    static ProblemException stale(JournaledPatch journaledPatch) {
        return RunnerResource.wrongState(
                journaledPatch,
                "came to another state after this was asked for: it is " + journaledPatch.status()
                        + " now. Nothing was changed. Look at GET /patches/" + journaledPatch.id()
                        + " and ask again if it is still wanted.");
    }

    /** Of an undo or a redo, while the opposite waits for its turn. */
    static ProblemException opposed(JournaledPatch journaledPatch, boolean redo) {
        String waiting = redo ? "an undo" : "a redo";
        String asked = redo ? "redo" : "undo";
        String then = redo ? "undone" : "succeeded";
        return RunnerResource.wrongState(
                journaledPatch,
                "has " + waiting + " that waits for its turn, and this " + asked
                        + " can only follow it. Nothing was changed. Ask again once GET /patches/" + journaledPatch.id()
                        + " shows it " + then + ".");
    }
}
