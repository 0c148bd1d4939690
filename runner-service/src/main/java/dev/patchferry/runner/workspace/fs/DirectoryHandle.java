package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/**
 * A folder held open, reached from a trusted root without following links. Everything in it is named by one name and
 * reached from this descriptor: whoever renames or replaces folders above it, or swaps entries for links, leads nothing
 * that is done here anywhere else.
 */
public final class DirectoryHandle extends EntryHandle {
    /** A path longer than this is of no use to anybody; errors show its beginning. */
    private static final int MAX_SHOWN = 4_096;

    /** Deeper than any work needs; whoever walks by recursion stops here. */
    private static final int MAX_DEPTH = 500;

    private static final long BENEATH = Descriptors.RESOLVE_BENEATH | Descriptors.RESOLVE_NO_SYMLINKS;
    private static final int FOLDER = Descriptors.O_PATH | Descriptors.O_DIRECTORY;

    private DirectoryHandle(int descriptor, String path, Reach reach) throws IOException {
        super(descriptor, path, reach);
    }

    /** A folder that is held already. */
    DirectoryHandle(EntryHandle folder) {
        super(folder);
    }

    /** Opens a root: the folders above it are trusted as given, and it is no link itself. Mounts in it are not entered. */
    public static DirectoryHandle root(Path root) throws IOException {
        return root(root, new Reach(/* acrossMounts= */ false, 0));
    }

    /** Opens a root in which mounts are entered, too. */
    public static DirectoryHandle rootWithMounts(Path root) throws IOException {
        return root(root, new Reach(/* acrossMounts= */ true, 0));
    }

    /** Opens a folder of the runner's own, links on the way and at its end followed. */
    public static DirectoryHandle trusted(Path folder) throws IOException {
        int descriptor = Descriptors.openTrusted(folder, FOLDER);
        return new DirectoryHandle(descriptor, "", new Reach(/* acrossMounts= */ false, 0));
    }

    private static DirectoryHandle root(Path root, Reach reach) throws IOException {
        return new DirectoryHandle(Descriptors.openTrusted(root, FOLDER | Descriptors.O_NOFOLLOW), "", reach);
    }

    /**
     * Opens a folder below by its path ({@link PathText}), which is resolved by the kernel in one step; the empty path is
     * this folder again.
     *
     * @throws NativeFiles.LeavesTheRoot if the path holds a link or leads out
     * @throws NoSuchFileException if there is none
     * @throws NotDirectoryException if a component is something else
     */
    public DirectoryHandle open(String relative) throws IOException {
        if (relative.isEmpty()) {
            return new DirectoryHandle(open(new byte[] {'.'}, FOLDER, path()), path(), reach());
        }
        String shown = shown(relative);
        int down = (int) relative.chars().filter(c -> c == '/').count() + 1;
        return new DirectoryHandle(
                open(PathText.bytes(relative), FOLDER, shown),
                shown,
                new Reach(reach().acrossMounts(), reach().depth() + down));
    }

    /** Opens a folder in this one. */
    public DirectoryHandle child(EntryName name) throws IOException {
        String shown = shown(name.toString());
        return new DirectoryHandle(open(name.bytes(), FOLDER, shown), shown, reach().down());
    }

    /**
     * Opens whatever has this name, without any effect on it.
     *
     * @throws NoSuchFileException if nothing has
     */
    public EntryHandle entry(EntryName name) throws IOException {
        String shown = shown(name.toString());
        int flags = Descriptors.O_PATH | Descriptors.O_NOFOLLOW;
        return new EntryHandle(open(name.bytes(), flags, shown), shown, reach().down());
    }

    public EntryHandle entry(String name) throws IOException {
        return entry(EntryName.of(name));
    }

    private int open(byte[] relative, int flags, String shown) throws IOException {
        long resolve = reach().acrossMounts() ? BENEATH : BENEATH | Descriptors.RESOLVE_NO_XDEV;
        return Descriptors.openBelow(descriptor(), relative, flags, /* mode= */ 0, resolve, shown);
    }

    /**
     * Makes sure that a walk by recursion may go on here.
     *
     * @throws FileSystemException if this is too deep
     */
    public void requireReachable() throws FileSystemException {
        if (reach().depth() > MAX_DEPTH) {
            throw new FileSystemException(
                    path(), null, "lies more than " + MAX_DEPTH + " folders deep; make it less deep");
        }
    }

    /** What has this name now. */
    public FileStat stat(EntryName name) throws IOException {
        return FileAttributes.at(descriptor(), name, shown(name.toString()));
    }

    public FileStat stat(String name) throws IOException {
        return stat(EntryName.of(name));
    }

    /** The names in it, in no order. */
    public List<EntryName> list() throws IOException {
        int reading = open(new byte[] {'.'}, Descriptors.O_DIRECTORY, path());
        try {
            return Descriptors.list(reading, path());
        } finally {
            Descriptors.close(reading);
        }
    }

    /** The same in the order of their text. */
    public List<EntryName> sortedList() throws IOException {
        List<EntryName> names = list();
        names.sort(Comparator.naturalOrder());
        return names;
    }

    /** The folder that this one is in by now: nothing says that it is the one from which this one was opened. */
    DirectoryHandle parent() throws IOException {
        long resolve = Descriptors.RESOLVE_NO_SYMLINKS | Descriptors.RESOLVE_NO_XDEV;
        byte[] above = {'.', '.'};
        int parent = Descriptors.openBelow(descriptor(), above, FOLDER, /* mode= */ 0, resolve, path());
        return new DirectoryHandle(parent, path(), reach());
    }

    /** Removes whatever has this name and is no folder. */
    public void unlink(EntryName name) throws IOException {
        FolderEntries.unlink(descriptor(), name, /* directory= */ false, shown(name.toString()));
    }

    /** Removes an empty folder. */
    void removeFolder(EntryName name) throws IOException {
        FolderEntries.unlink(descriptor(), name, /* directory= */ true, shown(name.toString()));
    }

    /** Makes a folder, which nobody but its owner may enter, and opens it. */
    public DirectoryHandle makeFolder(EntryName name) throws IOException {
        FolderEntries.makeFolder(descriptor(), name, 0700, shown(name.toString()));
        return child(name);
    }

    /** Opens a folder below by its path, making what is missing. */
    public DirectoryHandle makeFolders(String relative) throws IOException {
        DirectoryHandle here = open("");
        for (String name : relative.isEmpty() ? new String[0] : relative.split("/", -1)) {
            try (DirectoryHandle above = here) {
                EntryName next = EntryName.of(name);
                here = above.stat(next).isAbsent() ? above.makeFolder(next) : above.child(next);
            }
        }
        return here;
    }

    /** Makes a socket, pipe or device, which nobody may use yet. */
    public void makeNode(EntryName name, FileStat.Node node) throws IOException {
        FolderEntries.makeNode(descriptor(), name, node, shown(name.toString()));
    }

    public void makeLink(EntryName name, byte[] target) throws IOException {
        FolderEntries.makeLink(descriptor(), name, target, shown(name.toString()));
    }

    /** Makes a file, which nobody but its owner may read, and opens it. */
    public EntryHandle makeFile(EntryName name) throws IOException {
        int flags = Descriptors.O_WRONLY | Descriptors.O_CREAT | Descriptors.O_EXCL;
        String shown = shown(name.toString());
        int made = Descriptors.openBelow(descriptor(), name.bytes(), flags, 0600, BENEATH, shown);
        return new EntryHandle(made, shown, reach().down());
    }

    /** Writes to a file that {@link #makeFile} made. */
    public static OutputStream writeTo(EntryHandle file) throws IOException {
        file.requireFile();
        return Files.newOutputStream(Path.of(Descriptors.path(file.descriptor())), StandardOpenOption.WRITE);
    }

    /** Renames an entry to a name that must be free. */
    public void move(EntryName name, DirectoryHandle to, EntryName newName) throws IOException {
        rename(name, to, newName, FolderEntries.RENAME_NOREPLACE);
    }

    /** Renames an entry to a name that may be taken; what has it goes. */
    public void replace(EntryName name, DirectoryHandle to, EntryName newName) throws IOException {
        rename(name, to, newName, FolderEntries.RENAME_REPLACE);
    }

    /** Swaps two entries in one step. */
    public void exchange(EntryName name, DirectoryHandle other, EntryName otherName) throws IOException {
        rename(name, other, otherName, FolderEntries.RENAME_EXCHANGE);
    }

    private void rename(EntryName name, DirectoryHandle to, EntryName newName, int flags) throws IOException {
        FolderEntries.rename(descriptor(), name, to.descriptor(), newName, flags, to.shown(newName.toString()));
    }

    /** The kernel's number of the mount that this folder is on (proc(5), fdinfo). */
    public String mount() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor())).stream()
                .filter(line -> line.startsWith("mnt_id:"))
                .findFirst()
                .orElseThrow(() -> new FileSystemException(path(), null, "/proc/self/fdinfo does not tell the mount"));
    }

    private String shown(String relative) {
        return path().isEmpty() ? relative : path().length() > MAX_SHOWN ? path() : path() + "/" + relative;
    }
}
