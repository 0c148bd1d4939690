package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.EntryName;
import java.io.IOException;

/** What is staged for a commit, held open: what is moved in, and what was moved out. */
record StagedFiles(DirectoryHandle fresh, DirectoryHandle removed) implements AutoCloseable {
    private static final EntryName UPPER = EntryName.of("upper");
    private static final EntryName REMOVED = EntryName.of("removed");

    /** Both are made if they are missing. */
    static StagedFiles in(DirectoryHandle place) throws IOException {
        DirectoryHandle fresh = folder(place, UPPER);
        try {
            return new StagedFiles(fresh, folder(place, REMOVED));
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }

    private static DirectoryHandle folder(DirectoryHandle place, EntryName name) throws IOException {
        return place.stat(name).isAbsent() ? place.makeFolder(name) : place.child(name);
    }

    /** What is moved in by this change, and later what it replaced. */
    EntryLocation fresh(Change change) throws IOException {
        return EntryLocation.of(fresh, change.path());
    }

    /** What the change with this index removes. */
    EntryLocation removed(int index) throws IOException {
        return EntryLocation.of(removed, String.valueOf(index));
    }

    /**
     * Whether the workspace has what this direction brings; permissions, which may be set twice, never count.
     *
     * @param index of the change
     */
    boolean isBrought(Change change, int index, Direction direction) throws IOException {
        boolean forward = direction == Direction.FORWARD;
        try (EntryLocation half = change instanceof Change.Remove ? removed(index) : fresh(change)) {
            return switch (change) {
                case Change.Remove _ -> half.stat().isAbsent() != forward;
                case Change.Replace(String _, long inode) -> (half.stat().inode() != inode) == forward;
                case Change.Create _ -> half.stat().isAbsent() == forward;
                case Change.SetMode _ -> false;
            };
        }
    }

    @Override
    public void close() {
        fresh.close();
        removed.close();
    }
}
