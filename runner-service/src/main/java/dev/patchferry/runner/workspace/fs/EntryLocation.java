package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** One name in a folder that is held open. Without the folder there is nothing under the name. */
public final class EntryLocation implements AutoCloseable {
    private final @Nullable DirectoryHandle parent;
    private final EntryName name;
    private final String path;

    private EntryLocation(@Nullable DirectoryHandle parent, String path) {
        this.parent = parent;
        this.path = path;
        this.name = EntryName.of(path.substring(path.lastIndexOf('/') + 1));
    }

    /**
     * Looks up a path below a root.
     *
     * @throws NativeFiles.LeavesTheRoot if a folder on the way is a link
     */
    public static EntryLocation of(DirectoryHandle root, String path) throws IOException {
        int slash = path.lastIndexOf('/');
        try {
            return new EntryLocation(root.open(slash < 0 ? "" : path.substring(0, slash)), path);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new EntryLocation(null, path);
        }
    }

    /** A name in a folder, which is closed with this. */
    public static EntryLocation in(DirectoryHandle parent, String path) {
        return new EntryLocation(parent, path);
    }

    public FileStat stat() throws IOException {
        return parent == null ? FileStat.ABSENT : parent.stat(name);
    }

    public EntryHandle open() throws IOException {
        return parent().entry(name);
    }

    /** Renames what is here to a name that must be free. */
    public void moveTo(EntryLocation to) throws IOException {
        parent().move(name, to.parent(), to.name);
    }

    /** Swaps what is here with what is there in one step. */
    public void exchange(EntryLocation other) throws IOException {
        parent().exchange(name, other.parent(), other.name);
    }

    public EntryName name() {
        return name;
    }

    public DirectoryHandle parent() throws NoSuchFileException {
        if (parent == null) {
            throw new NoSuchFileException(path);
        }
        return parent;
    }

    @Override
    public void close() {
        if (parent != null) {
            parent.close();
        }
    }
}
