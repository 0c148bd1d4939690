package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** Finds what somebody else changed in the workspace, where the patch changed it too, since the patch began. */
final class Conflicts {
    private final Path workspace;
    private final FileTime began;

    Conflicts(Path workspace, FileTime began) {
        this.workspace = workspace;
        this.began = began;
    }

    /** The first path that both changed; empty if the change set fits. */
    Optional<String> first(ChangeSet changes) throws IOException {
        try (Beneath root = Beneath.root(workspace)) {
            for (Change change : changes.changes()) {
                if (conflicts(root, changes, change)) {
                    return Optional.of(change.path());
                }
            }
        }
        return Optional.empty();
    }

    private boolean conflicts(Beneath root, ChangeSet changes, Change change) throws IOException {
        int slash = change.path().lastIndexOf('/');
        try (Beneath parent = root.open(slash < 0 ? "" : change.path().substring(0, slash))) {
            Path entry = parent.entry(change.path().substring(slash + 1));
            FileKind now = FileKind.of(entry);
            return switch (change) {
                case Change.Create _ -> !now.isAbsent() && !removedFirst(changes, change);
                case Change.Replace _, Change.SetMode _ -> now.isAbsent() || isLater(now);
                case Change.Remove _ -> now.isAbsent() || changedWithin(entry, now);
            };
        } catch (FileSystemException e) {
            return true;
        }
    }

    private static boolean removedFirst(ChangeSet changes, Change change) {
        return changes.changes().contains(new Change.Remove(change.path()));
    }

    private boolean changedWithin(Path path, FileKind kind) throws IOException {
        if (isLater(kind)) {
            return true;
        }
        if (!kind.isDirectory()) {
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
        return kind.changed().compareTo(began) > 0;
    }
}
