package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One change and where the other half of it is kept. Each move is one rename, and whether it was made can be told from
 * where things are.
 */
record Site(Change change, Path fresh, Path removed) {
    /** The path in the workspace. */
    Path target(Beneath parent) {
        return parent.entry(change.name());
    }

    /** Whether the workspace has what this direction brings; permissions, which may be set twice, never count. */
    boolean isBrought(Direction direction) throws IOException {
        boolean forward = direction == Direction.FORWARD;
        return switch (change) {
            case Change.Remove _ -> FileKind.of(removed).isAbsent() != forward;
            case Change.Replace(String _, long inode) -> (FileKind.of(fresh).inode() != inode) == forward;
            case Change.Create _ -> FileKind.of(fresh).isAbsent() == forward;
            case Change.SetMode _ -> false;
        };
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

    /**
     * Brings it.
     *
     * @param parent the folder in the workspace that the change is in
     */
    void move(Beneath parent, Direction direction) throws IOException {
        boolean forward = direction == Direction.FORWARD;
        Path target = target(parent);
        switch (change) {
            case Change.Remove _ -> move(forward ? target : removed, forward ? removed : target);
            case Change.Replace _ -> NativeFiles.exchange(fresh, target);
            case Change.Create _ -> move(forward ? fresh : target, forward ? target : fresh);
            case Change.SetMode(String _, int mode, int before) ->
                setMode(parent, forward ? before : mode, forward ? mode : before);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        NativeFiles.moveToFreeName(from, to);
    }

    /** Only from the mode it should have: whatever has another one by now is not what was meant. */
    private void setMode(Beneath parent, int from, int to) throws IOException {
        FileKind kind = FileKind.of(target(parent));
        if (kind.isDirectory() && kind.mode() == from) {
            try (Beneath folder = parent.open(change.name())) {
                Files.setAttribute(folder.path(), "unix:mode", to);
            }
        }
    }
}
