package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * One file, folder, link or anything else, held by a descriptor that was opened without following a link. What is read
 * and changed here is this very inode, wherever its name leads by then: whoever swaps it for something else in the
 * meantime changes nothing.
 */
public class EntryHandle implements AutoCloseable {
    /**
     * How it was reached from its root.
     *
     * @param acrossMounts whether the way may lead over mounts
     * @param depth how many names below the root
     */
    record Reach(boolean acrossMounts, int depth) {
        Reach down() {
            return new Reach(acrossMounts, depth + 1);
        }
    }

    private final int descriptor;
    private final FileStat kind;
    private final String path;
    private final Reach reach;

    /**
     * Takes a descriptor over.
     *
     * @param path how errors name it
     */
    EntryHandle(int descriptor, String path, Reach reach) throws IOException {
        this.descriptor = descriptor;
        this.path = path;
        this.reach = reach;
        try {
            this.kind = FileAttributes.of(descriptor, path);
        } catch (IOException e) {
            Descriptors.close(descriptor);
            throw e;
        }
    }

    /** The same descriptor, seen as something more special. */
    EntryHandle(EntryHandle same) {
        this.descriptor = same.descriptor;
        this.path = same.path;
        this.reach = same.reach;
        this.kind = same.kind;
    }

    /** What it was when it was opened. What kind of file an inode is never changes. */
    public FileStat kind() {
        return kind;
    }

    /** What it is now. */
    public FileStat now() throws IOException {
        return FileAttributes.of(descriptor, path);
    }

    /** How errors name it. */
    public String path() {
        return path;
    }

    Reach reach() {
        return reach;
    }

    public int descriptor() {
        return descriptor;
    }

    /**
     * The same as a folder, for as long as this is open.
     *
     * @throws NotDirectoryException if it is something else
     */
    public DirectoryHandle asDirectory() throws NotDirectoryException {
        if (!kind.isDirectory()) {
            throw new NotDirectoryException(path);
        }
        return new DirectoryHandle(this);
    }

    /**
     * The content of a regular file.
     *
     * @throws FileSystemException if it is something else; nothing is opened then
     */
    public InputStream read() throws IOException {
        requireFile();
        int content = Descriptors.reopen(descriptor, Descriptors.O_NONBLOCK, path);
        return new DescriptorInput(content, path);
    }

    void requireFile() throws FileSystemException {
        if (!kind.isFile()) {
            throw new FileSystemException(path, null, "is " + kind.words() + ", not a file");
        }
    }

    /** Where a symbolic link points. */
    public byte[] linkTarget() throws IOException {
        return Descriptors.readLink(descriptor, path);
    }

    /** The same as text, in the form of {@link PathText}. */
    public String linkText() throws IOException {
        return PathText.of(linkTarget());
    }

    /** Gives a file or folder these permissions, all twelve bits. */
    public void setMode(int mode) throws IOException {
        FileAttributes.setMode(descriptor, mode, path);
    }

    /** Gives it to this owner if it is somebody else's and this process can: others than root can give their groups alone. */
    public void claim(Owner owner) throws IOException {
        if (owner.isToBeGiven(now().owner())) {
            FileAttributes.setOwner(descriptor, owner, path);
        }
    }

    public void setModified(FileTime time) throws IOException {
        FileAttributes.setModified(descriptor, time, path);
    }

    /** The names of its extended attributes; needs no permission to read it. */
    public List<String> attributes() throws IOException {
        return ExtendedAttributes.names(descriptor, path);
    }

    public Optional<byte[]> attribute(String name) throws IOException {
        return ExtendedAttributes.get(descriptor, name, path);
    }

    /** Sets one; false where the file system has no such thing. */
    public boolean setAttribute(String name, byte[] value) throws IOException {
        return ExtendedAttributes.set(descriptor, name, value, path);
    }

    void removeAttribute(String name) throws IOException {
        ExtendedAttributes.remove(descriptor, name, path);
    }

    /** By what its file system knows it, if it has such a thing: equal for one inode, different for two. */
    public Optional<byte[]> fileHandle() {
        return FileAttributes.handle(descriptor);
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
