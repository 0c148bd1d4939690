package dev.patchferry.runner.intake;

import dev.patchferry.foundation.problem.ProblemException;
import dev.patchferry.runner.journal.Entry;

/** Why a request about a patch that is in the right state is refused all the same. */
final class UndoProblems {
    private UndoProblems() {}

    /** Of a request that names an event after which something happened to the patch. */
    static ProblemException stale(Entry entry) {
        return RunnerResource.wrongState(
                entry,
                "came to another state after this was asked for: it is " + entry.status()
                        + " now. Nothing was changed. Look at GET /patches/" + entry.id()
                        + " and ask again if it is still wanted.");
    }

    /** Of an undo or a redo, while the opposite waits for its turn. */
    static ProblemException opposed(Entry entry, boolean redo) {
        String waiting = redo ? "an undo" : "a redo";
        String asked = redo ? "redo" : "undo";
        String then = redo ? "undone" : "succeeded";
        return RunnerResource.wrongState(
                entry,
                "has " + waiting + " that waits for its turn, and this " + asked
                        + " can only follow it. Nothing was changed. Ask again once GET /patches/" + entry.id()
                        + " shows it " + then + ".");
    }
}
