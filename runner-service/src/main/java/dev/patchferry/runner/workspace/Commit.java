package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.NativeFiles.CrossesFileSystems;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;

/**
 * Brings a change set into the workspace by renames, each of which leaves the old thing or the new one, and takes all
 * of them back if one cannot be made. Applying a list again after a crash goes on where it stopped.
 *
 * <p>What is replaced or removed goes into the transaction's folder, so that it can be put back.
 */
final class Commit {
    private final Path workspace;
    private final Path upper;
    private final Path removed;

    Commit(Path workspace, Path upper, Path removed) {
        this.workspace = workspace;
        this.upper = upper;
        this.removed = removed;
    }

    /**
     * Applies all changes or none.
     *
     * @throws IOException if one could not be made; then those before it were taken back
     */
    void apply(List<Change> changes) throws IOException {
        Files.createDirectories(removed);
        try (Beneath root = Beneath.root(workspace)) {
            for (int i = 0; i < changes.size(); i++) {
                try {
                    apply(root, changes.get(i), removed.resolve(String.valueOf(i)));
                } catch (IOException | RuntimeException e) {
                    revert(root, changes.subList(0, i), e);
                    throw e;
                }
            }
        }
    }

    private void apply(Beneath root, Change change, Path kept) throws IOException {
        try (Beneath parent = root.open(parent(change))) {
            Path target = parent.entry(name(change));
            Path source = upper.resolve(change.path());
            switch (change) {
                case Change.Remove _ -> {
                    if (FileKind.of(kept).isAbsent()) {
                        move(target, kept);
                    }
                }
                case Change.Replace(String _, long inode) -> {
                    if (FileKind.of(source).inode() == inode) {
                        swap(parent, target, source);
                    }
                }
                case Change.Create _ -> {
                    if (!FileKind.of(source).isAbsent()) {
                        move(source, target);
                    }
                }
                case Change.SetMode(String _, int mode, int _) ->
                    Files.setAttribute(target, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private void revert(Beneath root, List<Change> applied, Exception cause) {
        for (int i = applied.size() - 1; i >= 0; i--) {
            try {
                revert(root, applied.get(i), removed.resolve(String.valueOf(i)));
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private void revert(Beneath root, Change change, Path kept) throws IOException {
        try (Beneath parent = root.open(parent(change))) {
            Path target = parent.entry(name(change));
            switch (change) {
                case Change.Remove _ -> move(kept, target);
                case Change.Replace _ -> swap(parent, target, upper.resolve(change.path()));
                case Change.Create _ -> move(target, upper.resolve(change.path()));
                case Change.SetMode(String _, int _, int before) ->
                    Files.setAttribute(target, "unix:mode", before, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Moves a file or a whole folder to a free name; across file systems it appears there whole or not at all. */
    private static void move(Path from, Path to) throws IOException {
        try {
            NativeFiles.moveToFreeName(from, to);
        } catch (CrossesFileSystems e) {
            Path beside = to.resolveSibling(".ferry-" + UUID.randomUUID());
            try {
                copy(from, beside);
                NativeFiles.moveToFreeName(beside, to);
            } finally {
                Trees.delete(beside);
            }
            Trees.delete(from);
        }
    }

    private static void swap(Beneath parent, Path target, Path source) throws IOException {
        try {
            NativeFiles.exchange(source, target);
        } catch (CrossesFileSystems e) {
            Path beside = parent.entry(".ferry-" + UUID.randomUUID());
            try {
                copy(source, beside);
                NativeFiles.exchange(beside, target);
                Trees.delete(source);
                copy(beside, source);
            } finally {
                Trees.delete(beside);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return one(directory);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return one(file);
            }

            private FileVisitResult one(Path path) throws IOException {
                Path copy = to.resolve(from.relativize(path).toString());
                Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                Owner.of(path).claim(copy);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String parent(Change change) {
        int slash = change.path().lastIndexOf('/');
        return slash < 0 ? "" : change.path().substring(0, slash);
    }

    private static String name(Change change) {
        return change.path().substring(change.path().lastIndexOf('/') + 1);
    }
}
