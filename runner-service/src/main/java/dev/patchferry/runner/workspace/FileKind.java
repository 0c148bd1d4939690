package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * What stands at a path, links not followed.
 *
 * @param mode permission bits, set-id and sticky bits included
 * @param inode the inode number; 0 if absent
 * @param changed the time of the last change of content or attributes (ctime)
 */
record FileKind(Type type, int mode, long inode, FileTime changed, long size) {
    enum Type {
        ABSENT,
        FILE,
        DIRECTORY,
        SYMLINK,
        /** The mark by which overlayfs hides a lower entry. */
        WHITEOUT,
        /** A socket, pipe or device. */
        SPECIAL
    }

    static final FileKind ABSENT = new FileKind(Type.ABSENT, 0, 0, FileTime.fromMillis(0), 0);

    private static final int TYPE_BITS = 0xF000;
    private static final int PERMISSION_BITS = 0xFFF;

    static FileKind of(Path path) throws IOException {
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(path, "unix:mode,ino,rdev,ctime,size", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return ABSENT;
        }
        int mode = value(attributes, "mode", Integer.class);
        return new FileKind(
                type(mode, value(attributes, "rdev", Long.class)),
                mode & PERMISSION_BITS,
                value(attributes, "ino", Long.class),
                value(attributes, "ctime", FileTime.class),
                value(attributes, "size", Long.class));
    }

    private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name), name));
    }

    private static Type type(int mode, long device) {
        return switch (mode & TYPE_BITS) {
            case 0x8000 -> Type.FILE;
            case 0x4000 -> Type.DIRECTORY;
            case 0xA000 -> Type.SYMLINK;
            case 0x2000 -> device == 0 ? Type.WHITEOUT : Type.SPECIAL;
            default -> Type.SPECIAL;
        };
    }

    boolean isAbsent() {
        return type == Type.ABSENT;
    }

    boolean isDirectory() {
        return type == Type.DIRECTORY;
    }

    boolean isFile() {
        return type == Type.FILE;
    }

    /** For messages: "a directory". */
    String words() {
        return switch (type) {
            case ABSENT, WHITEOUT -> "nothing";
            case FILE -> "a file";
            case DIRECTORY -> "a directory";
            case SYMLINK -> "a symbolic link";
            case SPECIAL -> "a socket, pipe or device";
        };
    }
}
