package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Whole folders of the runner's own. */
public final class Trees {
    private static final int OWNER_ALL = 0700;
    /** So that the name of anything in it still makes a path that the kernel takes: 4,096 bytes in all, 255 a name. */
    private static final int LONGEST_FOLDER = 3_800;

    private Trees() {}

    /**
     * Deletes whatever stands at a path, links not followed, read-only folders included; nothing is fine. However deep
     * a command made its folders, they go: what lies too deep to be named is moved up first.
     */
    public static void delete(Path path) throws IOException {
        FileKind kind = FileKind.of(path);
        if (kind.isDirectory()) {
            unlock(path, kind);
            for (List<Path> top = children(path); !top.isEmpty(); top = children(path)) {
                for (Path child : top) {
                    delete(child, path);
                }
            }
        }
        if (!kind.isAbsent()) {
            Files.delete(path);
        }
    }

    /**
     * What lies in a folder, or a single file.
     *
     * @param bytes of its files, as long as they say they are
     * @param entries files, folders and everything else, the folder itself not counted
     */
    public record Size(long bytes, long entries) {
        Size plus(Size other) {
            return new Size(bytes + other.bytes, entries + other.entries);
        }
    }

    /**
     * How much lies here, links not followed; what may not be read, or goes away meanwhile, counts as nothing. Stops
     * counting soon after a bound is passed.
     */
    public static Size size(Path path, long mostBytes, long mostEntries) throws IOException {
        FileKind kind = FileKind.of(path);
        if (!kind.isDirectory()) {
            return new Size(kind.isFile() ? kind.size() : 0, 0);
        }
        Size size = new Size(0, 0);
        for (Path child : childrenIfReadable(path)) {
            size = size.plus(new Size(0, 1)).plus(size(child, mostBytes - size.bytes(), mostEntries - size.entries()));
            if (size.bytes() > mostBytes || size.entries() > mostEntries) {
                return size;
            }
        }
        return size;
    }

    private static List<Path> childrenIfReadable(Path directory) throws IOException {
        try {
            return Files.isReadable(directory) ? children(directory) : List.of();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void delete(Path path, Path top) throws IOException {
        FileKind kind = FileKind.of(path);
        if (kind.isDirectory()) {
            unlock(path, kind);
            if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_FOLDER) {
                Files.move(path, top.resolve(UUID.randomUUID().toString()));
                return;
            }
            for (Path child : children(path)) {
                delete(child, top);
            }
        }
        Files.delete(path);
    }

    private static void unlock(Path directory, FileKind kind) throws IOException {
        if ((kind.mode() & OWNER_ALL) != OWNER_ALL) {
            Files.setAttribute(directory, "unix:mode", kind.mode() | OWNER_ALL);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }
}
