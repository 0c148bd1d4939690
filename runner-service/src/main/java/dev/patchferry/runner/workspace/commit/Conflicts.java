package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.FileStat;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds what somebody else changed in the workspace, where the patch changed it too, since the patch began. */
public final class Conflicts {
    private final Recency recency;
    private final Set<Change> changes;
    private final Set<String> originalGone;
    private final Identities base;

    private Conflicts(FileTime began, ChangeSet set) {
        this.base = set.base();
        this.recency = new Recency(began);
        this.changes = new HashSet<>(set.changes());
        this.originalGone = set.originalGone();
    }

    /** The first path that both changed, in the order of the change set; empty if it fits. */
    public static Optional<String> first(Path workspace, FileTime began, ChangeSet set) throws IOException {
        if (set.isEmpty()) {
            return Optional.empty();
        }
        if (set.swapped().isPresent()) {
            return set.swapped();
        }
        Conflicts conflicts = new Conflicts(began, set);
        try (DirectoryHandle root = set.base().root(workspace)) {
            for (Change change : set.changes()) {
                if (conflicts.conflicts(root, change)) {
                    return Optional.of(change.path());
                }
            }
            return Optional.empty();
        } catch (ConcurrentChange e) {
            return Optional.of(e.getFile());
        }
    }

    private boolean conflicts(DirectoryHandle root, Change change) throws IOException {
        try (EntryLocation place = EntryLocation.in(base.open(root, change.parent()), change.path())) {
            FileStat now = place.stat();
            if (isOther(change, now)) {
                return true;
            }
            return switch (change) {
                case Change.Create(String path) ->
                    now.isAbsent() ? wasRemoved(place.parent(), path) : !changes.contains(new Change.Remove(path));
                case Change.Replace _ -> now.isAbsent() || recency.isLater(now);
                case Change.SetMode(String path, int _, int _) ->
                    !changes.contains(new Change.Create(path)) && (now.isAbsent() || recency.isLater(now));
                case Change.Remove _ -> now.isAbsent() || recency.isLater(now) || changedWithin(place, now);
            };
        } catch (ConcurrentChange e) {
            throw e;
        } catch (FileSystemException e) {
            return true;
        }
    }

    /** What the patch itself makes has no counterpart in the workspace, even under a path where something goes. */
    private boolean isOther(Change change, FileStat now) {
        boolean makes = changes.contains(new Change.Create(change.path()));
        return base.isOther(change.path(), now) && (change instanceof Change.Remove || !makes);
    }

    /**
     * Whether somebody else removed what the patch had changed. A file may also be gone since the patch itself moved it,
     * here or to here; then nobody else has touched this folder. Overlayfs moves no folders.
     */
    private boolean wasRemoved(DirectoryHandle parent, String path) throws IOException {
        return originalGone.contains(path + "/") || (originalGone.contains(path) && recency.isLater(parent.now()));
    }

    private boolean changedWithin(EntryLocation place, FileStat now) throws IOException {
        if (!now.isDirectory()) {
            return false;
        }
        try (DirectoryHandle folder = place.parent().child(place.name())) {
            return recency.changedWithin(folder);
        }
    }
}
