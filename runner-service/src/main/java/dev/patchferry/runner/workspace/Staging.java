package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Where the other half of each change lies so that it can be renamed into the workspace: in the transaction's own folder,
 * or, where the workspace is on another mount, in a copy in a hidden folder of the workspace that is there during the
 * commit only. Where that is stands in the transaction's own folder, out of reach of any patch.
 *
 * @param place holds both halves
 */
record Staging(Path place) {
    private static final String UPPER = "upper";
    private static final String REMOVED = "removed";
    /** Names the copy while only it is true. */
    private static final String PLACE_FILE = "staged";
    /** Names the copy when it is true no more and may still be there. */
    private static final String LEAVING_FILE = "leaving";
    /** Where the copy is brought back to. */
    private static final String PACKED = "packed";

    /** As {@link #prepare} left it; for a commit and for one that a crash cut short. */
    static Staging of(Path folder) throws IOException {
        Path file = folder.resolve(PLACE_FILE);
        return new Staging(Files.exists(file) ? Path.of(Files.readString(file)) : folder);
    }

    /** Whether that is another file system than the transaction's own. */
    boolean isElsewhere(Path folder) {
        return !place.equals(folder);
    }

    /** What is to be moved in, under the same paths as in the workspace. */
    Path fresh() {
        return place.resolve(UPPER);
    }

    /** What is moved in by this change, and what it replaces. */
    Path fresh(Change change) {
        return fresh().resolve(change.path());
    }

    /** Takes what is removed, so that it can be put back. */
    Path removed() {
        return place.resolve(REMOVED);
    }

    /** What the change with this index removes. */
    Path removed(int index) {
        return removed().resolve(String.valueOf(index));
    }

    /**
     * Makes every change possible by a rename.
     *
     * @return the changes, with the inodes by which it is seen which were made
     */
    static List<Change> prepare(Path workspace, Path folder, List<Change> changes, Direction direction)
            throws IOException {
        if (!mount(workspace).equals(mount(folder))) {
            Path place = workspace.resolve(".ferry-" + UUID.randomUUID());
            Files.writeString(folder.resolve(PLACE_FILE), place.toString());
            FileTime time = Files.getLastModifiedTime(workspace);
            Files.createDirectory(
                    place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.setLastModifiedTime(workspace, time);
            new Staging(folder).copy(changes, place);
        }
        Path fresh = direction == Direction.FORWARD ? of(folder).fresh() : workspace;
        List<Change> stamped = new ArrayList<>();
        for (Change change : changes) {
            stamped.add(
                    change instanceof Change.Replace(String path, long _)
                            ? new Change.Replace(
                                    path, FileKind.of(fresh.resolve(path)).inode())
                            : change);
        }
        return stamped;
    }

    /**
     * After the commit: brings everything into the transaction's own folder, so that nothing is left in the workspace.
     * May be repeated after a crash.
     */
    static void pack(Path folder, List<Change> changes) throws IOException {
        Staging staging = of(folder);
        if (staging.isElsewhere(folder)) {
            Path packed = folder.resolve(PACKED);
            Trees.delete(packed);
            staging.copy(changes, Files.createDirectory(packed));
            NativeFiles.syncFileSystem(packed);
            for (String part : List.of(UPPER, REMOVED)) {
                Trees.delete(folder.resolve(part));
                Files.createDirectories(packed.resolve(part));
                Files.move(packed.resolve(part), folder.resolve(part));
            }
            Files.delete(packed);
            leave(folder);
        }
    }

    /** Removes the copy, if there is one; the transaction's own folder stays. */
    static void leave(Path folder) throws IOException {
        Path staged = folder.resolve(PLACE_FILE);
        Path leaving = folder.resolve(LEAVING_FILE);
        if (Files.exists(staged)) {
            Files.move(staged, leaving, StandardCopyOption.ATOMIC_MOVE);
        }
        if (Files.exists(leaving)) {
            Path place = Path.of(Files.readString(leaving));
            if (Files.exists(place)) {
                FileTime time = Files.getLastModifiedTime(place.getParent());
                Trees.delete(place);
                Files.setLastModifiedTime(place.getParent(), time);
            }
            Files.delete(leaving);
        }
    }

    private void copy(List<Change> changes, Path to) throws IOException {
        Staging copy = new Staging(to);
        for (int i = 0; i < changes.size(); i++) {
            switch (changes.get(i)) {
                case Change.Create change -> {
                    // also where it is going to be moved to
                    Files.createDirectories(copy.fresh(change).getParent());
                    copyIfThere(fresh(change), copy.fresh(change));
                }
                case Change.Replace change -> copyIfThere(fresh(change), copy.fresh(change));
                case Change.Remove _ -> copyIfThere(removed(i), copy.removed(i));
                case Change.SetMode _ -> {}
            }
        }
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        if (!FileKind.of(from).isAbsent()) {
            TreeCopy.of(from, to);
        }
    }

    /** Renames work within one mount, not within one file system (rename(2), EXDEV). */
    private static String mount(Path folder) throws IOException {
        try (Beneath held = Beneath.root(folder)) {
            return held.mount();
        }
    }
}
