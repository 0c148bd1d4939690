package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Copies a file or a whole folder to another file system as it is: content, permissions, owner, times and extended
 * attributes; links as links. Only that two names were one file is lost.
 */
final class TreeCopy extends SimpleFileVisitor<Path> {
    private static final int OWNER_ALL = 0700;

    private final Path from;
    private final Path to;

    private TreeCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies.
     *
     * @param to does not exist; missing folders above it are made
     */
    static void of(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.walkFileTree(from, new TreeCopy(from, to));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Path copy = copyOf(folder);
        Files.copy(folder, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(copy, "unix:mode", FileKind.of(folder).mode() | OWNER_ALL);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        FileKind kind = FileKind.of(file);
        Path copy = copyOf(file);
        if (kind.isFile()) {
            try (Unlocked _ = Unlocked.of(file, kind)) {
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
            Files.setAttribute(copy, "unix:mode", kind.mode());
        } else {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            Files.getFileAttributeView(copy, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(attributes.lastModifiedTime(), attributes.lastAccessTime(), null);
        }
        Owner.of(file).claim(copy);
        return FileVisitResult.CONTINUE;
    }

    /** Its time last: filling it has changed that. */
    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
        if (e != null) {
            throw e;
        }
        Path copy = copyOf(folder);
        Owner.of(folder).claim(copy);
        Files.setAttribute(copy, "unix:mode", FileKind.of(folder).mode());
        Files.setLastModifiedTime(copy, Files.getLastModifiedTime(folder));
        return FileVisitResult.CONTINUE;
    }

    private Path copyOf(Path original) {
        return to.resolve(from.relativize(original));
    }
}
