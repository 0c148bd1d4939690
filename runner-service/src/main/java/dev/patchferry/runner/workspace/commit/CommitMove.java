package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import java.io.IOException;

/**
 * One change, the path in the workspace and where the other half of it is kept. Each move is one rename, and whether it
 * was made can be told from where things are.
 */
record CommitMove(Change change, EntryLocation target, EntryLocation fresh, EntryLocation removed)
        implements AutoCloseable {
    /** Holds all of them open. */
    static CommitMove of(Change change, EntryLocation target, StagedFiles staged, int index) throws IOException {
        return new CommitMove(change, target, staged.fresh(change), staged.removed(index));
    }

    boolean isOnlyPermissions() {
        return change instanceof Change.SetMode;
    }

    /** Whether this direction takes something out of the workspace and puts nothing in its place. */
    boolean takesAway(Direction direction) {
        return switch (change) {
            case Change.Remove _ -> direction == Direction.FORWARD;
            case Change.Create _ -> direction == Direction.BACK;
            case Change.Replace _, Change.SetMode _ -> false;
        };
    }

    /** Where this direction puts what it takes out of the workspace. */
    EntryLocation taken(Direction direction) {
        return change instanceof Change.Remove && direction == Direction.FORWARD ? removed : fresh;
    }

    /** Brings it. */
    void move(Direction direction) throws IOException {
        boolean forward = direction == Direction.FORWARD;
        switch (change) {
            case Change.Remove _ -> (forward ? target : removed).moveTo(forward ? removed : target);
            case Change.Replace _ -> fresh.exchange(target);
            case Change.Create _ -> (forward ? fresh : target).moveTo(forward ? target : fresh);
            case Change.SetMode(String _, int mode, int before) ->
                setMode(forward ? before : mode, forward ? mode : before);
        }
    }

    /** Only from the mode it should have: whatever has another one by now is not what was meant. */
    private void setMode(int from, int to) throws IOException {
        if (target.stat().isDirectory()) {
            try (EntryHandle folder = target.open()) {
                if (folder.kind().isDirectory() && folder.kind().mode() == from) {
                    folder.setMode(to);
                }
            }
        }
    }

    @Override
    public void close() {
        target.close();
        fresh.close();
        removed.close();
    }
}
