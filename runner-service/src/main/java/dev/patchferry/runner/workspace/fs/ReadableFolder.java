package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of a workspace, to read in. It is reached from the workspace's root by descriptors, no link followed and no mount
 * entered, so that nothing outside is ever read. Names and paths are in the form of {@link PathText}.
 */
public final class ReadableFolder implements AutoCloseable {
    /** What an entry is, links not followed. */
    public enum Kind {
        FILE,
        FOLDER,
        LINK,
        /** A socket, pipe or device. */
        OTHER,
        /** Nothing has that name, or no longer. */
        ABSENT
    }

    /**
     * An entry as it stands.
     *
     * @param size in bytes, of a file
     * @param executable whether its owner may run it
     * @param modified in milliseconds since 1970
     */
    public record Entry(Kind kind, long size, boolean executable, long modified) {}

    private static final int OWNER_MAY_RUN = 0100;

    private final DirectoryHandle folder;

    private ReadableFolder(DirectoryHandle folder) {
        this.folder = folder;
    }

    /** The workspace's own folder. */
    public static ReadableFolder root(Path root) throws IOException {
        return new ReadableFolder(DirectoryHandle.root(root));
    }

    /**
     * A folder below, by its path; the empty path is this one.
     *
     * @throws LinkOnTheWay if the path leads over a link
     * @throws NoSuchFileException if there is none
     * @throws NotDirectoryException if a component is something else
     */
    public ReadableFolder open(String path) throws IOException {
        DirectoryHandle below;
        try {
            below = folder.open(path);
        } catch (NativeFiles.LeavesTheRoot e) {
            throw new LinkOnTheWay(path, e);
        }
        return requireReachable(below);
    }

    /** A folder in this one. */
    public ReadableFolder child(String name) throws IOException {
        return requireReachable(folder.child(EntryName.of(name)));
    }

    private static ReadableFolder requireReachable(DirectoryHandle below) throws FileSystemException {
        try {
            below.requireReachable();
            return new ReadableFolder(below);
        } catch (FileSystemException e) {
            below.close();
            throw e;
        }
    }

    /**
     * Its names, in no order.
     *
     * @param from leaves out those that come before this one by their text
     */
    public List<String> names(String from) throws IOException {
        return folder.list().stream()
                .map(EntryName::toString)
                .filter(name -> name.compareTo(from) >= 0)
                .toList();
    }

    public Entry entry(String name) throws IOException {
        FileStat stat = folder.stat(name);
        return new Entry(
                kind(stat),
                stat.size(),
                (stat.mode() & OWNER_MAY_RUN) != 0,
                stat.modified().toMillis());
    }

    private static Kind kind(FileStat stat) {
        return switch (stat.type()) {
            case FILE -> Kind.FILE;
            case DIRECTORY -> Kind.FOLDER;
            case SYMLINK -> Kind.LINK;
            case ABSENT -> Kind.ABSENT;
            case WHITEOUT, SPECIAL -> Kind.OTHER;
        };
    }

    /** Where a link points. */
    public String linkTarget(String name) throws IOException {
        try (EntryHandle link = folder.entry(name)) {
            return link.linkText();
        }
    }

    /**
     * The content of a file, as much of it as is asked for.
     *
     * @param most how many bytes at most; one more than that is returned if there is more
     * @throws FileSystemException if it is no file
     */
    public byte[] read(String name, int most) throws IOException {
        try (EntryHandle file = folder.entry(name);
                InputStream content = file.read()) {
            return content.readNBytes(most + 1);
        }
    }

    @Override
    public void close() {
        folder.close();
    }

    /** A path over a link, which reads do not follow. */
    public static final class LinkOnTheWay extends FileSystemException {
        private static final long serialVersionUID = 1L;

        LinkOnTheWay(String path, IOException cause) {
            super(PathText.shown(path), null, "a folder above it is a symbolic link");
            initCause(cause);
        }
    }
}
