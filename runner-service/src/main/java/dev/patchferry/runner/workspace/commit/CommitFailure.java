package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.FileErrors;
import dev.patchferry.runner.workspace.fs.PathText;
import java.io.IOException;
import java.util.List;

/** A change set could not be brought into the workspace. */
public final class CommitFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<String> left;

    /**
     * @param path where it stopped
     * @param left the paths, with reasons, at which what was done before could not be taken back
     */
    public CommitFailure(String path, IOException cause, List<String> left) {
        super(PathText.shown(path) + ": " + FileErrors.problem(cause), cause);
        this.left = List.copyOf(left);
    }

    /** Whether somebody else's change stood in the way, or a program that has a file open for writing. */
    public boolean isConflict() {
        return getCause() instanceof ConcurrentChange || getCause() instanceof OpenForWriting;
    }

    /** Empty if the workspace is as it was; else where it is not, and why. */
    public List<String> left() {
        return left;
    }
}
