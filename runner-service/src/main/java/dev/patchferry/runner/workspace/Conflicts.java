package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds what somebody else changed in the workspace, where the patch changed it too, since the patch began. */
final class Conflicts {
    private final FileTime began;
    private final Set<Change> changes;
    private final Set<String> originalGone;

    private Conflicts(FileTime began, ChangeSet set) {
        this.began = began;
        this.changes = new HashSet<>(set.changes());
        this.originalGone = set.originalGone();
    }

    /** The first path that both changed, in the order of the change set; empty if it fits. */
    static Optional<String> first(Path workspace, FileTime began, ChangeSet set) throws IOException {
        Conflicts conflicts = new Conflicts(began, set);
        try (Beneath root = Beneath.root(workspace)) {
            for (Change change : set.changes()) {
                if (conflicts.conflicts(root, change)) {
                    return Optional.of(change.path());
                }
            }
        }
        return Optional.empty();
    }

    private boolean conflicts(Beneath root, Change change) throws IOException {
        int slash = change.path().lastIndexOf('/');
        try (Beneath parent = root.open(slash < 0 ? "" : change.path().substring(0, slash))) {
            Path entry = parent.entry(change.path().substring(slash + 1));
            FileKind now = FileKind.of(entry);
            return switch (change) {
                case Change.Create(String path) ->
                    now.isAbsent() ? wasRemoved(parent, path) : !changes.contains(new Change.Remove(path));
                case Change.Replace _ -> now.isAbsent() || isLater(now);
                case Change.SetMode(String path, int _, int _) ->
                    !changes.contains(new Change.Create(path)) && (now.isAbsent() || isLater(now));
                case Change.Remove _ -> now.isAbsent() || changedWithin(entry, now);
            };
        } catch (FileSystemException e) {
            return true;
        }
    }

    /**
     * Whether somebody else removed what the patch had changed. A file may also be gone since the patch itself moved it,
     * here or to here; then nobody else has touched this folder. Overlayfs moves no folders.
     */
    private boolean wasRemoved(Beneath parent, String path) throws IOException {
        return originalGone.contains(path + "/")
                || (originalGone.contains(path) && isLater(FileKind.of(parent.entry("."))));
    }

    /** A folder that the runner may not look into counts as it is; only root could have changed something in it. */
    private boolean changedWithin(Path path, FileKind kind) throws IOException {
        if (isLater(kind)) {
            return true;
        }
        if (!kind.isDirectory() || !Files.isReadable(path)) {
            return false;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            for (Path child : children) {
                if (changedWithin(child, FileKind.of(child))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isLater(FileKind kind) {
        return kind.changed().compareTo(began) >= 0;
    }
}
