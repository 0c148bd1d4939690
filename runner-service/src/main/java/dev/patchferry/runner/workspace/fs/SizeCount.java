package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what lies in a folder while somebody may still change it: without recursion, with few descriptors, and without
 * a look at permissions. Of folders that are deeper than are held open, each is found again as the parent of the one
 * below; if that was moved meanwhile, what is left to count around it is given up for this time.
 */
final class SizeCount {
    private static final int MAX_HELD = 64;

    private final long mostBytes;
    private final long mostEntries;
    private final Deque<Level> levels = new ArrayDeque<>();
    private long bytes;
    private long entries;

    SizeCount(long mostBytes, long mostEntries) {
        this.mostBytes = mostBytes;
        this.mostEntries = mostEntries;
    }

    /** A folder on the way down, and the folders in it that were not looked into yet. */
    private static final class Level {
        private final FileStat kind;
        private final Deque<EntryName> folders = new ArrayDeque<>();
        private final boolean kept;
        private @Nullable DirectoryHandle handle;

        Level(DirectoryHandle handle, boolean kept) {
            this.handle = handle;
            this.kind = handle.kind();
            this.kept = kept;
        }

        DirectoryHandle handle() {
            if (handle == null) {
                throw new IllegalStateException("a folder is used while it is the deepest one");
            }
            return handle;
        }

        void release() {
            if (handle != null && !kept) {
                handle.close();
                handle = null;
            }
        }
    }

    /** What one file counts. */
    static long bytes(FileStat kind) {
        if (!kind.isFile()) {
            return 0;
        }
        // what a file was given beyond its end is not in its length; a block or two more is how it is stored
        long usual = kind.size() + 2L * kind.blockSize();
        return kind.allocated() > usual ? kind.allocated() : kind.size();
    }

    Trees.Size of(DirectoryHandle root) throws IOException {
        try {
            enter(root.open(""));
            while (!levels.isEmpty() && !isOver()) {
                EntryName next = levels.getLast().folders.poll();
                if (next == null) {
                    leave();
                } else {
                    Optional<DirectoryHandle> folder = open(levels.getLast().handle(), next);
                    if (folder.isPresent()) {
                        enter(folder.get());
                    }
                }
            }
            return new Trees.Size(bytes, entries);
        } finally {
            levels.forEach(level -> close(level.handle));
        }
    }

    private boolean isOver() {
        return bytes > mostBytes || entries > mostEntries;
    }

    private void enter(DirectoryHandle folder) throws IOException {
        if (!levels.isEmpty()) {
            levels.getLast().release();
        }
        Level level = new Level(folder, levels.size() < MAX_HELD);
        levels.addLast(level);
        permitted(folder, () -> {
            level.folders.clear();
            return count(folder, level.folders);
        });
    }

    /** Counts all of a folder or, if that is refused, nothing. */
    private boolean count(DirectoryHandle folder, Deque<EntryName> folders) throws IOException {
        long bytesBefore = bytes;
        long entriesBefore = entries;
        try {
            for (EntryName name : folder.list()) {
                FileStat kind = folder.stat(name);
                entries += kind.isAbsent() ? 0 : 1;
                bytes += bytes(kind);
                if (kind.isDirectory()) {
                    folders.add(name);
                }
                if (isOver()) {
                    break;
                }
            }
            return true;
        } catch (AccessDeniedException e) {
            bytes = bytesBefore;
            entries = entriesBefore;
            throw e;
        }
    }

    private void leave() throws IOException {
        Level left = levels.removeLast();
        DirectoryHandle folder = left.handle();
        try {
            if (!levels.isEmpty() && levels.getLast().handle == null) {
                DirectoryHandle above = permitted(folder, folder::parent);
                if (above.kind().isSameInodeAs(levels.getLast().kind)) {
                    levels.getLast().handle = above;
                } else {
                    above.close();
                    giveUp();
                }
            }
        } finally {
            folder.close();
        }
    }

    private void giveUp() {
        while (levels.getLast().handle == null) {
            levels.removeLast();
        }
    }

    private static Optional<DirectoryHandle> open(DirectoryHandle folder, EntryName name) throws IOException {
        try {
            return Optional.of(permitted(folder, () -> folder.child(name)));
        } catch (NoSuchFileException | NotDirectoryException | NativeFiles.LeavesTheRoot e) {
            return Optional.empty();
        }
    }

    /** A look into a folder. */
    private interface Look<T> {
        T take() throws IOException;
    }

    private static <T> T permitted(DirectoryHandle folder, Look<T> look) throws IOException {
        try {
            return look.take();
        } catch (AccessDeniedException e) {
            try (TemporaryPermissions _ = TemporaryPermissions.toLookInto(folder)) {
                return look.take();
            }
        }
    }

    private static void close(@Nullable DirectoryHandle handle) {
        if (handle != null) {
            handle.close();
        }
    }
}
