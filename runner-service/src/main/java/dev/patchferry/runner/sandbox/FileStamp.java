package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * By what a file is told from itself after any change, and from another one that took its name: the number of its inode
 * alone is used again at once.
 *
 * @param mode permission bits, without set-id and sticky bits
 * @param changed the time of the last change of content or attributes (ctime)
 */
record FileStamp(Type type, int mode, long device, long inode, FileTime changed) {
    enum Type {
        NONE,
        FILE,
        FOLDER,
        LINK,
        SOCKET_OR_PIPE,
        OTHER
    }

    private static final FileStamp ABSENT = new FileStamp(Type.NONE, 0, 0, 0, FileTime.fromMillis(0));
    private static final int TYPE_BITS = 0xF000;
    private static final int PERMISSIONS = 0777;

    /** Of what stands at a path, a link not followed. */
    static FileStamp of(Path path) throws IOException {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(path, "unix:mode,dev,ino,ctime", LinkOption.NOFOLLOW_LINKS);
            int mode = value(attributes, "mode", Integer.class);
            return new FileStamp(
                    type(mode),
                    mode & PERMISSIONS,
                    value(attributes, "dev", Long.class),
                    value(attributes, "ino", Long.class),
                    value(attributes, "ctime", FileTime.class));
        } catch (NoSuchFileException e) {
            return ABSENT;
        }
    }

    private static Type type(int mode) {
        return switch (mode & TYPE_BITS) {
            case 0x8000 -> Type.FILE;
            case 0x4000 -> Type.FOLDER;
            case 0xA000 -> Type.LINK;
            case 0xC000, 0x1000 -> Type.SOCKET_OR_PIPE;
            default -> Type.OTHER;
        };
    }

    private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name), name));
    }
}
