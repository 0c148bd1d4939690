package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.TemporaryPermissions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a change set touches, each as it is in the lower layer and as it will be: a folder that was removed and
 * made anew is compared file by file. Read by descriptors; nothing outside of the two layers is opened.
 */
final class ChangedPaths implements AutoCloseable {
    private final DirectoryHandle lower;
    private final DirectoryHandle upper;
    private final BooleanSupplier stop;
    private final Map<Path, Sides> files = new TreeMap<>();
    private final Map<Path, Folder> folders = new TreeMap<>();

    private ChangedPaths(DirectoryHandle lower, DirectoryHandle upper, BooleanSupplier stop) {
        this.lower = lower;
        this.upper = upper;
        this.stop = stop;
    }

    /** A file, link or special file; at least one side is there. */
    record Sides(@Nullable LayerNode before, @Nullable LayerNode after) {
        Sides withBefore(LayerNode node) {
            return new Sides(node, after);
        }

        Sides withAfter(LayerNode node) {
            return new Sides(before, node);
        }
    }

    /**
     * A folder that comes, goes or gets other permissions.
     *
     * @param isEmpty whether nothing below it is listed
     * @param isUnreadable whether what is below it is not known
     */
    record Folder(Optional<Integer> before, Optional<Integer> after, boolean isEmpty, boolean isUnreadable) {
        private static final Folder NONE = new Folder(Optional.empty(), Optional.empty(), true, false);
    }

    /**
     * Reads both layers.
     *
     * @param stop asked between two entries; when it says so, the rest is left out
     */
    static ChangedPaths of(ChangeSet changes, Path lowerRoot, Path upperRoot, BooleanSupplier stop) throws IOException {
        DirectoryHandle lower = DirectoryHandle.root(lowerRoot);
        try {
            ChangedPaths paths = new ChangedPaths(lower, DirectoryHandle.root(upperRoot), stop);
            try {
                paths.read(changes.changes());
                return paths;
            } catch (IOException | RuntimeException e) {
                paths.upper.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            lower.close();
            throw e;
        }
    }

    Map<Path, Sides> files() {
        return files;
    }

    Map<Path, Folder> folders() {
        return folders;
    }

    private void read(List<Change> changes) throws IOException {
        for (Change change : changes) {
            Path path = PathText.path(change.path());
            switch (change) {
                case Change.Remove _ -> add(LayerNode.at(lower, path), true);
                case Change.Create _ -> add(LayerNode.at(upper, path), false);
                case Change.Replace _ -> {
                    add(LayerNode.at(lower, path), true);
                    add(LayerNode.at(upper, path), false);
                }
                case Change.SetMode(String _, int mode, int before) -> setMode(path, mode, before);
            }
        }
    }

    /** Several may follow each other: opened, changed, closed. The first says what was there, the last what stays. */
    private void setMode(Path path, int mode, int before) {
        folders.merge(
                path,
                new Folder(Optional.of(before), Optional.of(mode), false, false),
                (known, next) -> known.after().isPresent() || known.before().isEmpty()
                        ? new Folder(known.before(), next.after(), known.isEmpty(), known.isUnreadable())
                        : known);
    }

    private void add(LayerNode node, boolean before) throws IOException {
        if (stop.getAsBoolean() || node.kind().isAbsent()) {
            return;
        }
        if (!node.kind().isDirectory()) {
            files.merge(
                    node.path(),
                    before ? new Sides(node, null) : new Sides(null, node),
                    (known, _) -> before ? known.withBefore(node) : known.withAfter(node));
            return;
        }
        try (DirectoryHandle folder = node.openFolder()) {
            folder.requireReachable();
            if (before) {
                addFolder(node, folder, true);
            } else {
                try (TemporaryPermissions _ = TemporaryPermissions.of(folder)) {
                    addFolder(node, folder, false);
                }
            }
        }
    }

    private void addFolder(LayerNode node, DirectoryHandle folder, boolean before) throws IOException {
        List<Path> children;
        try {
            children = node.children(folder);
        } catch (AccessDeniedException e) {
            addFolder(node, before, true, true);
            return;
        }
        addFolder(node, before, children.isEmpty(), false);
        for (Path child : children) {
            add(LayerNode.at(node.root(), child), before);
        }
    }

    private void addFolder(LayerNode node, boolean before, boolean isEmpty, boolean isUnreadable) {
        Folder known = folders.getOrDefault(node.path(), Folder.NONE);
        Optional<Integer> mode = Optional.of(node.kind().mode());
        folders.put(
                node.path(),
                new Folder(
                        before && known.before().isEmpty() ? mode : known.before(),
                        before ? known.after() : mode,
                        known.isEmpty() && isEmpty,
                        known.isUnreadable() || isUnreadable));
    }

    @Override
    public void close() {
        upper.close();
        lower.close();
    }
}
