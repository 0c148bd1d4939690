package dev.patchferry.runner.workspace.commit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which files and folders of the workspace a change is for: its own folder, under the empty path, each folder above a path
 * that is touched, and what is replaced or removed. A folder that was swapped for another one meanwhile is not what the
 * patch has seen, even if everything in it is older than the patch.
 */
public record Identities(@JsonValue Map<String, Identity> byPath) {
    /** Nothing is known, so that anything will do. */
    public static final Identities NONE = new Identities(Map.of());

    /** How the workspace's own folder is named to people. */
    static final String ROOT_IN_WORDS = "the workspace's own folder";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Identities {
        byPath = Map.copyOf(byPath);
    }

    /**
     * Opens the workspace.
     *
     * @throws ConcurrentChange if another folder, or a link, stands there
     * @throws NoSuchFileException if nothing does
     */
    DirectoryHandle root(Path workspace) throws IOException {
        try {
            DirectoryHandle root = DirectoryHandle.root(workspace);
            return checked("", root);
        } catch (NotDirectoryException e) {
            throw new ConcurrentChange(ROOT_IN_WORDS);
        }
    }

    /**
     * Opens a folder of the workspace, step by step.
     *
     * @throws ConcurrentChange if it, or one above it, is another one by now
     */
    DirectoryHandle open(DirectoryHandle root, String folder) throws IOException {
        DirectoryHandle here = root.open("");
        String reached = "";
        for (String name : folder.isEmpty() ? new String[0] : folder.split("/", -1)) {
            reached = reached.isEmpty() ? name : reached + "/" + name;
            try (DirectoryHandle above = here) {
                here = checked(reached, above.child(EntryName.of(name)));
            }
        }
        return here;
    }

    private DirectoryHandle checked(String path, DirectoryHandle folder) throws ConcurrentChange {
        if (isOther(path, folder.kind())) {
            folder.close();
            throw new ConcurrentChange(path.isEmpty() ? ROOT_IN_WORDS : path);
        }
        return folder;
    }

    /** Whether something else than what is known of stands at a path now. */
    boolean isOther(String path, FileStat now) {
        Identity known = byPath.get(path);
        return known != null && !known.isOf(now);
    }

    /** The first folder above the paths of these changes that is another one now. */
    Optional<String> firstOther(Path workspace, List<Change> changes) throws IOException {
        try (DirectoryHandle root = root(workspace)) {
            for (String folder : changes.stream().map(Change::parent).distinct().toList()) {
                open(root, folder).close();
            }
            return Optional.empty();
        } catch (ConcurrentChange e) {
            return Optional.of(e.getFile());
        } catch (NoSuchFileException | NotDirectoryException | NativeFiles.LeavesTheRoot e) {
            // what is not there any more is found by what should be in it
            return Optional.empty();
        }
    }

    /** Only of the folders above the paths of these changes: those are the same after a commit and after its undo. */
    Identities ofFolders(List<Change> changes) {
        Set<String> folders = new HashSet<>();
        for (Change change : changes) {
            for (String folder = change.parent(); folders.add(folder); folder = above(folder)) {
                // up to the root, or to what is known to be in the set
            }
        }
        return with(folders);
    }

    /** Only of the workspace's own folder. */
    Identities ofRoot() {
        return with(Set.of(""));
    }

    private Identities with(Set<String> paths) {
        Map<String, Identity> some = new TreeMap<>(byPath);
        some.keySet().retainAll(paths);
        return new Identities(some);
    }

    private static String above(String folder) {
        return folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
    }
}
