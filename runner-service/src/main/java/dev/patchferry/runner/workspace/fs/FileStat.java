package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What stands at a path, links not followed.
 *
 * @param mode permission bits, set-id and sticky bits included
 * @param device the file system it is on
 * @param inode the inode number; 0 if absent
 * @param born when the inode was made, where the file system knows
 * @param changed the time of the last change of content or attributes (ctime)
 * @param modified the time of the last change of content
 * @param size how long it says it is, in bytes
 * @param allocated how many bytes of the disk it has
 * @param blockSize in what portions it gets them
 * @param node by what one like it can be made, if it is a socket, pipe or device
 */
public record FileStat(
        Type type,
        int mode,
        Owner owner,
        long device,
        long inode,
        Optional<FileTime> born,
        FileTime changed,
        FileTime modified,
        long size,
        long allocated,
        int blockSize,
        Node node) {
    /**
     * As mknod(2) takes it.
     *
     * @param format the type bits of a mode
     * @param device which one it is; 0 for anything else
     */
    record Node(int format, long device) {}

    public enum Type {
        ABSENT,
        FILE,
        DIRECTORY,
        SYMLINK,
        /** The mark by which overlayfs hides a lower entry. */
        WHITEOUT,
        /** A socket, pipe or device. */
        SPECIAL
    }

    public static final int PERMISSION_BITS = 0xFFF;
    private static final FileTime NEVER = FileTime.fromMillis(0);
    public static final FileStat ABSENT = new FileStat(
            Type.ABSENT,
            /* mode= */ 0,
            new Owner(0, 0),
            /* device= */ 0,
            /* inode= */ 0,
            Optional.empty(),
            NEVER,
            NEVER,
            /* size= */ 0,
            /* allocated= */ 0,
            /* blockSize= */ 1,
            new Node(0, 0));

    static final int TYPE_BITS = 0xF000;

    /** What stands at a path whose folders are trusted; anybody else's are gone through by {@link DirectoryHandle}. */
    public static FileStat of(Path path) throws IOException {
        return FileAttributes.at(path);
    }

    /**
     * The type in a mode.
     *
     * @param device which one it is, for a device
     */
    static Type type(int mode, long device) {
        return switch (mode & TYPE_BITS) {
            case 0x8000 -> Type.FILE;
            case 0x4000 -> Type.DIRECTORY;
            case 0xA000 -> Type.SYMLINK;
            case 0x2000 -> device == 0 ? Type.WHITEOUT : Type.SPECIAL;
            default -> Type.SPECIAL;
        };
    }

    public boolean isAbsent() {
        return type == Type.ABSENT;
    }

    public boolean isDirectory() {
        return type == Type.DIRECTORY;
    }

    public boolean isFile() {
        return type == Type.FILE;
    }

    /** Whether it is the same inode, whatever it is called and whatever was changed in it. */
    public boolean isSameInodeAs(FileStat other) {
        return type == other.type && device == other.device && inode == other.inode && born.equals(other.born);
    }

    /** For messages: "a directory". */
    public String words() {
        return switch (type) {
            case ABSENT, WHITEOUT -> "nothing";
            case FILE -> "a file";
            case DIRECTORY -> "a directory";
            case SYMLINK -> "a symbolic link";
            case SPECIAL -> "a socket, pipe or device";
        };
    }
}
