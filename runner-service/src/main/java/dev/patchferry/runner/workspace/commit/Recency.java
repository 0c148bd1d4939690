package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * Tells what somebody else changed in the workspace since a patch, or an undo, began.
 *
 * @param own what the commit itself has renamed
 */
public record Recency(FileTime began, OwnRenames own) {
    /** Before anything is renamed. */
    public Recency(FileTime began) {
        this(began, new OwnRenames());
    }

    boolean isLater(FileStat kind) {
        return kind.changed().compareTo(began) >= 0 && !own.explain(kind);
    }

    /**
     * Whether a folder may have come to its path later, by its own times alone: one that was renamed, or got other
     * permissions, changed without a change of its content; one that was made is younger.
     */
    boolean mayHaveCome(FileStat folder) {
        return isLater(folder)
                && (!folder.changed().equals(folder.modified())
                        || folder.born()
                                .filter(time -> time.compareTo(began) >= 0)
                                .isPresent());
    }

    /**
     * Whether a file, or anything in a folder, changed later. The folder's own time is for the caller to judge. A folder
     * that the runner may not look into counts as it is; only root could have changed something in it.
     */
    boolean changedWithin(DirectoryHandle folder) throws IOException {
        folder.requireReachable();
        for (EntryName name : listIfReadable(folder)) {
            FileStat kind = folder.stat(name);
            if (isLater(kind)) {
                return true;
            }
            if (kind.isDirectory()) {
                try (DirectoryHandle child = folder.child(name)) {
                    if (changedWithin(child)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The names in it, in no order; none where the runner may not look. */
    static List<EntryName> listIfReadable(DirectoryHandle folder) throws IOException {
        try {
            return folder.list();
        } catch (AccessDeniedException e) {
            return List.of();
        }
    }
}
