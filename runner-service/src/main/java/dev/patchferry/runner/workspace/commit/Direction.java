package dev.patchferry.runner.workspace.commit;

/** Which way a list of changes is gone through. */
public enum Direction {
    /** First to last, each applied: a commit, or an undo that is itself undone. */
    FORWARD,
    /** Last to first, each taken back: an undo. */
    BACK;

    Direction opposite() {
        return this == FORWARD ? BACK : FORWARD;
    }
}
