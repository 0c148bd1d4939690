package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Whole folders of the runner's own, in which a command may have made anything: gone through by descriptors, however deep
 * they are, and never out of them.
 */
public final class Trees {
    private static final int OWNER_ALL = 0700;
    /** How many folders are held open at most; what lies deeper is moved up before it is deleted. */
    private static final int MAX_HELD = 64;

    private Trees() {}

    /** Deletes whatever stands at a path, links not followed, read-only folders included; nothing is fine. */
    public static void delete(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path parent = Objects.requireNonNull(absolute.getParent(), "the root is nobody's to delete");
        try (DirectoryHandle folder = DirectoryHandle.trusted(parent)) {
            delete(folder, EntryName.of(String.valueOf(absolute.getFileName())));
        } catch (NoSuchFileException e) {
            if (!FileStat.of(path).isAbsent()) {
                throw e;
            }
        }
    }

    /** Deletes everything in a folder, which itself stays. */
    public static void empty(Path path) throws IOException {
        try (DirectoryHandle folder = DirectoryHandle.root(path)) {
            empty(folder);
        }
    }

    /** Deletes whatever has this name in a folder; nothing is fine. */
    public static void delete(DirectoryHandle parent, EntryName name) throws IOException {
        if (!parent.stat(name).isDirectory()) {
            unlink(parent, name);
            return;
        }
        try (DirectoryHandle folder = parent.child(name)) {
            empty(folder);
        }
        parent.removeFolder(name);
    }

    private static void unlink(DirectoryHandle parent, EntryName name) throws IOException {
        if (!parent.stat(name).isAbsent()) {
            parent.unlink(name);
        }
    }

    private static void empty(DirectoryHandle top) throws IOException {
        unlock(top);
        for (List<EntryName> names = top.list(); !names.isEmpty(); names = top.list()) {
            for (EntryName name : names) {
                remove(top, name, top, /* level= */ 0);
            }
        }
    }

    private static void remove(DirectoryHandle parent, EntryName name, DirectoryHandle top, int level)
            throws IOException {
        if (!parent.stat(name).isDirectory()) {
            parent.unlink(name);
            return;
        }
        try (DirectoryHandle folder = parent.child(name)) {
            unlock(folder);
            if (level >= MAX_HELD) {
                parent.move(name, top, EntryName.of(UUID.randomUUID().toString()));
                return;
            }
            for (EntryName child : folder.list()) {
                remove(folder, child, top, level + 1);
            }
        }
        parent.removeFolder(name);
    }

    private static void unlock(DirectoryHandle folder) throws IOException {
        if ((folder.kind().mode() & OWNER_ALL) != OWNER_ALL) {
            folder.setMode(OWNER_ALL);
        }
    }

    /**
     * What lies in a folder, or a single file.
     *
     * @param bytes of its files, as long as they say they are; more where they have more of the disk
     * @param entries files, folders and everything else, the folder itself not counted
     */
    public record Size(long bytes, long entries) {}

    /**
     * How much lies here, links not followed; what goes away meanwhile counts as nothing. A folder that its owner may not
     * read is made readable for as long as it takes to look into it. Stops counting soon after a bound is passed.
     *
     * @throws java.nio.file.AccessDeniedException if there is a folder that cannot be looked into
     */
    public static Size size(Path path, long mostBytes, long mostEntries) throws IOException {
        FileStat kind = FileStat.of(path);
        if (!kind.isDirectory()) {
            return new Size(SizeCount.bytes(kind), 0);
        }
        try (DirectoryHandle folder = DirectoryHandle.root(path)) {
            return size(folder, mostBytes, mostEntries);
        }
    }

    public static Size size(DirectoryHandle folder, long mostBytes, long mostEntries) throws IOException {
        return new SizeCount(mostBytes, mostEntries).of(folder);
    }

    public static Size size(EntryLocation place, long mostBytes, long mostEntries) throws IOException {
        FileStat kind = place.stat();
        if (!kind.isDirectory()) {
            return new Size(SizeCount.bytes(kind), 0);
        }
        try (DirectoryHandle folder = place.parent().child(place.name())) {
            return size(folder, mostBytes, mostEntries);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new Size(0, 0);
        }
    }
}
