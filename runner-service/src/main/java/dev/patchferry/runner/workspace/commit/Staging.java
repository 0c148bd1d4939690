package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
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
public record Staging(Path place) {
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

    /** Holds both halves open. */
    StagedFiles open() throws IOException {
        try (DirectoryHandle folder = DirectoryHandle.root(place)) {
            return StagedFiles.in(folder);
        }
    }

    /**
     * Makes every change possible by a rename.
     *
     * @return the changes, with the inodes by which it is seen which were made
     */
    static List<Change> prepare(
            Path workspace, DirectoryHandle root, Path folder, List<Change> changes, Direction direction)
            throws IOException {
        if (!root.mount().equals(mount(folder))) {
            EntryName name = EntryName.of(".ferry-" + UUID.randomUUID());
            Path place = workspace.resolve(name.toString());
            Files.writeString(folder.resolve(PLACE_FILE), place.toString());
            FileTime time = root.now().modified();
            try (DirectoryHandle made = root.makeFolder(name)) {
                root.setModified(time);
                new Staging(folder).copy(changes, made);
            }
        }
        return direction == Direction.FORWARD ? stamped(of(folder), changes) : stamped(root, changes);
    }

    private static List<Change> stamped(Staging staging, List<Change> changes) throws IOException {
        try (StagedFiles staged = staging.open()) {
            return stamped(staged.fresh(), changes);
        }
    }

    private static List<Change> stamped(DirectoryHandle fresh, List<Change> changes) throws IOException {
        List<Change> stamped = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Replace(String path, long _)) {
                try (EntryLocation place = EntryLocation.of(fresh, path)) {
                    stamped.add(new Change.Replace(path, place.stat().inode()));
                }
            } else {
                stamped.add(change);
            }
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
            Files.createDirectory(packed);
            try (DirectoryHandle to = DirectoryHandle.root(packed)) {
                staging.copy(changes, to);
            }
            NativeFiles.syncFileSystem(packed);
            for (String part : List.of(UPPER, REMOVED)) {
                Trees.delete(folder.resolve(part));
                Files.move(packed.resolve(part), folder.resolve(part));
            }
            Files.delete(packed);
            leave(folder);
        }
    }

    /** Removes the copy, if there is one; the transaction's own folder stays. */
    public static void leave(Path folder) throws IOException {
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

    private void copy(List<Change> changes, DirectoryHandle to) throws IOException {
        try (StagedFiles from = open();
                StagedFiles copy = StagedFiles.in(to)) {
            for (int i = 0; i < changes.size(); i++) {
                Change change = changes.get(i);
                switch (change) {
                    case Change.Create _ -> {
                        // also where it is going to be moved to
                        copy.fresh().makeFolders(change.parent()).close();
                        copyIfThere(from.fresh(change), copy.fresh(change));
                    }
                    case Change.Replace _ -> {
                        copy.fresh().makeFolders(change.parent()).close();
                        copyIfThere(from.fresh(change), copy.fresh(change));
                    }
                    case Change.Remove _ -> copyIfThere(from.removed(i), copy.removed(i));
                    case Change.SetMode _ -> {}
                }
            }
        }
    }

    private static void copyIfThere(EntryLocation from, EntryLocation to) throws IOException {
        try (from;
                to) {
            if (!from.stat().isAbsent()) {
                TreeCopy.of(from, to);
            }
        }
    }

    /** Renames work within one mount, not within one file system (rename(2), EXDEV). */
    private static String mount(Path folder) throws IOException {
        try (DirectoryHandle held = DirectoryHandle.root(folder)) {
            return held.mount();
        }
    }
}
