package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.git.Versions;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a workspace as they are, and as an undo or a redo would leave them, from what is kept of the commit. */
final class ReversalVersions implements Versions {
    private final Path workspace;
    private final Path commit;
    private final List<Change> changes;
    private final Direction direction;

    /**
     * For one reversal.
     *
     * @param commit the folder with what is kept
     */
    ReversalVersions(Path workspace, Path commit, List<Change> changes, Direction direction) {
        this.workspace = workspace;
        this.commit = commit;
        this.changes = changes;
        this.direction = direction;
    }

    @Override
    public Optional<byte[]> before(String path) throws IOException {
        return workspace(path);
    }

    @Override
    public Optional<byte[]> after(String path) throws IOException {
        boolean forward = direction == Direction.FORWARD;
        boolean goes = false;
        try (StagedFiles staged = Staging.of(commit).open()) {
            for (int i = 0; i < changes.size(); i++) {
                Change change = changes.get(i);
                if (!(path + "/").startsWith(change.path() + "/") || change instanceof Change.SetMode) {
                    continue;
                }
                if (change instanceof Change.Replace || change instanceof Change.Create == forward) {
                    return change instanceof Change.Remove
                            ? read(
                                    staged.removed(),
                                    i + path.substring(change.path().length()))
                            : read(staged.fresh(), path);
                }
                goes = true;
            }
        }
        return goes ? Optional.empty() : workspace(path);
    }

    private Optional<byte[]> workspace(String path) throws IOException {
        try (DirectoryHandle root = DirectoryHandle.root(workspace)) {
            return read(root, path);
        }
    }

    private static Optional<byte[]> read(DirectoryHandle root, String path) throws IOException {
        try (EntryLocation place = EntryLocation.of(root, path)) {
            if (!place.stat().isFile()) {
                return Optional.empty();
            }
            try (EntryHandle file = place.open();
                    InputStream in = file.read()) {
                // One byte more than is looked at tells that there is more.
                return Optional.of(in.readNBytes(LayerVersions.MOST_BYTES + 1));
            }
        } catch (AccessDeniedException | NativeFiles.LeavesTheRoot e) {
            return Optional.empty();
        }
    }
}
