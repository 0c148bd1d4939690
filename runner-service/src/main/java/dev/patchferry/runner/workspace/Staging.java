package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the new files of a transaction lie so that each can be renamed into the workspace: in the upper layer itself,
 * or, where the workspace is on another mount, in a copy in a hidden folder of the workspace that is there during the
 * commit only. Where that is stands in the transaction's own folder, out
 * of reach of any patch.
 *
 * @param place holds them
 */
record Staging(Path place) {
    private static final String PLACE_FILE = "staged";

    /** As {@link #prepare} left it; for a commit and for one that a crash cut short. */
    static Staging of(Path folder) throws IOException {
        Path file = folder.resolve(PLACE_FILE);
        return new Staging(Files.exists(file) ? Path.of(Files.readString(file)) : folder);
    }

    /** What is to be moved in, under the same paths as in the workspace. */
    Path fresh() {
        return place.resolve("upper");
    }

    /** Takes what is replaced or removed, so that it can be put back. */
    Path removed() {
        return place.resolve("removed");
    }

    /**
     * Makes every change possible by a rename.
     *
     * @return the changes, with the inodes that will be renamed
     */
    static List<Change> prepare(Path workspace, Path folder, List<Change> changes) throws IOException {
        if (mount(workspace).equals(mount(folder))) {
            return changes;
        }
        Path place = workspace.resolve(".ferry-" + UUID.randomUUID());
        Files.writeString(folder.resolve(PLACE_FILE), place.toString());
        Files.createDirectory(
                place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return of(folder).copied(folder.resolve("upper"), changes);
    }

    /** Removes the copy, if there was one. */
    static void drop(Path folder) throws IOException {
        if (Files.exists(folder.resolve(PLACE_FILE))) {
            Trees.delete(of(folder).place());
        }
    }

    private List<Change> copied(Path upper, List<Change> changes) throws IOException {
        List<Change> staged = new ArrayList<>();
        for (Change change : changes) {
            Path copy = fresh().resolve(change.path());
            switch (change) {
                case Change.Create(String path) -> {
                    copy(upper.resolve(path), copy);
                    staged.add(change);
                }
                case Change.Replace(String path, long _) -> {
                    copy(upper.resolve(path), copy);
                    staged.add(new Change.Replace(path, FileKind.of(copy).inode()));
                }
                case Change.Remove _, Change.SetMode _ -> staged.add(change);
            }
        }
        return staged;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(folder));
                Files.createDirectory(copy);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                FileKind kind = FileKind.of(file);
                Path copy = to.resolve(from.relativize(file));
                if (kind.isFile()) {
                    try (Unlocked _ = Unlocked.of(file, kind)) {
                        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                    }
                    Files.setAttribute(copy, "unix:mode", kind.mode());
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
                Owner.of(file).claim(copy);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Path copy = to.resolve(from.relativize(folder));
                Owner.of(folder).claim(copy);
                Files.setAttribute(copy, "unix:mode", FileKind.of(folder).mode());
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Renames work within one mount, not within one file system (rename(2), EXDEV). */
    private static String mount(Path folder) throws IOException {
        try (Beneath held = Beneath.root(folder)) {
            return held.mount();
        }
    }
}
