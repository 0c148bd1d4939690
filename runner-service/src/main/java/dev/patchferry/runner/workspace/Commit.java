package dev.patchferry.runner.workspace;

import dev.patchferry.foundation.crash.CrashPoint;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a change set into the workspace by renames, each of which leaves the old thing or the new one, and takes all
 * of them back if one cannot be made. Applying a list again after a crash goes on where it stopped.
 *
 * <p>What is replaced or removed goes into the transaction's folder, so that it can be put back.
 */
final class Commit {
    private final Path workspace;
    private final Staging staging;
    private final FileTime began;

    /**
     * @param began what a file of the workspace that goes must not have changed since
     */
    Commit(Path workspace, Staging staging, FileTime began) {
        this.workspace = workspace;
        this.staging = staging;
        this.began = began;
    }

    /**
     * Applies all changes or none.
     *
     * @throws CommitFailure if one could not be made; it says whether those before it were taken back
     */
    void apply(List<Change> changes) throws IOException {
        Files.createDirectories(staging.removed());
        try (Beneath root = Beneath.root(workspace)) {
            for (int i = 0; i < changes.size(); i++) {
                try {
                    apply(root, changes.get(i), kept(i));
                    CrashPoint.RUNNER_CHANGE_APPLIED.reached();
                } catch (IOException e) {
                    throw new CommitFailure(changes.get(i).path(), e, revert(root, changes.subList(0, i)));
                }
            }
        }
    }

    private void apply(Beneath root, Change change, Path kept) throws IOException {
        try (Beneath parent = root.open(parent(change))) {
            Path target = parent.entry(name(change));
            Path source = staging.fresh().resolve(change.path());
            switch (change) {
                case Change.Remove _ -> {
                    if (FileKind.of(kept).isAbsent()) {
                        requireUntouched(change, target);
                        NativeFiles.moveToFreeName(target, kept);
                    }
                }
                case Change.Replace(String _, long inode) -> {
                    if (FileKind.of(source).inode() == inode) {
                        requireUntouched(change, target);
                        NativeFiles.exchange(source, target);
                    }
                }
                case Change.Create _ -> {
                    if (!FileKind.of(source).isAbsent()) {
                        NativeFiles.moveToFreeName(source, target);
                    }
                }
                case Change.SetMode(String _, int mode, int before) -> setMode(parent, change, before, mode);
            }
        }
    }

    /** A folder's own time is no sign: it also changes with what this commit itself does in it. */
    private void requireUntouched(Change change, Path target) throws IOException {
        FileKind now = FileKind.of(target);
        if (!now.isDirectory() && now.changed().compareTo(began) > 0) {
            throw new FileSystemException(change.path(), null, "was changed by somebody else meanwhile");
        }
    }

    /** Takes changes back, last first; the paths where that could not be done. */
    private List<String> revert(Beneath root, List<Change> applied) {
        List<String> left = new ArrayList<>();
        for (int i = applied.size() - 1; i >= 0; i--) {
            try {
                revert(root, applied.get(i), kept(i));
                CrashPoint.RUNNER_CHANGE_TAKEN_BACK.reached();
            } catch (IOException e) {
                left.add(applied.get(i).path() + " (" + FileTrouble.problem(e) + ")");
            }
        }
        return left;
    }

    private void revert(Beneath root, Change change, Path kept) throws IOException {
        try (Beneath parent = root.open(parent(change))) {
            Path target = parent.entry(name(change));
            Path source = staging.fresh().resolve(change.path());
            switch (change) {
                case Change.Remove _ -> NativeFiles.moveToFreeName(kept, target);
                case Change.Replace _ -> NativeFiles.exchange(source, target);
                case Change.Create _ -> NativeFiles.moveToFreeName(target, source);
                case Change.SetMode(String _, int mode, int before) -> setMode(parent, change, mode, before);
            }
        }
    }

    /** Only from the mode it should have: whatever has another one by now is not what was meant. */
    private static void setMode(Beneath parent, Change change, int from, int to) throws IOException {
        FileKind kind = FileKind.of(parent.entry(name(change)));
        if (kind.isDirectory() && kind.mode() == from) {
            try (Beneath folder = parent.open(name(change))) {
                Files.setAttribute(folder.path(), "unix:mode", to);
            }
        }
    }

    private Path kept(int index) {
        return staging.removed().resolve(String.valueOf(index));
    }

    private static String parent(Change change) {
        int slash = change.path().lastIndexOf('/');
        return slash < 0 ? "" : change.path().substring(0, slash);
    }

    private static String name(Change change) {
        return change.path().substring(change.path().lastIndexOf('/') + 1);
    }
}
