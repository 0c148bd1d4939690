package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/**
 * The extended attributes by which overlayfs, mounted with {@code userxattr}, remembers things in its upper layer.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs, "userxattr" and "whiteouts and opaque
 *     directories"</a>
 */
final class OverlayMarks {
    private static final String PREFIX = "overlay.";
    private static final String OPAQUE = PREFIX + "opaque";
    private static final String ORIGIN = PREFIX + "origin";

    private OverlayMarks() {}

    /** Whether this upper folder hides everything below the lower folder of the same name. */
    static boolean isOpaque(Path directory) throws IOException {
        UserDefinedFileAttributeView attributes = attributes(directory);
        if (!attributes.list().contains(OPAQUE)) {
            return false;
        }
        ByteBuffer value = ByteBuffer.allocate(attributes.size(OPAQUE));
        attributes.read(OPAQUE, value);
        return StandardCharsets.UTF_8.decode(value.flip()).toString().equals("y");
    }

    static void makeOpaque(Path directory) throws IOException {
        attributes(directory).write(OPAQUE, StandardCharsets.UTF_8.encode("y"));
    }

    /** Whether this upper file or folder began as a copy of a lower one, perhaps under another name. */
    static boolean isCopy(Path path) throws IOException {
        return attributes(path).list().contains(ORIGIN);
    }

    static void markAsCopy(Path path) throws IOException {
        attributes(path).write(ORIGIN, ByteBuffer.allocate(0));
    }

    /** Takes all marks off a file or folder that leaves the upper layer. */
    static void strip(Path path) throws IOException {
        UserDefinedFileAttributeView attributes = attributes(path);
        for (String name : attributes.list()) {
            if (name.startsWith(PREFIX)) {
                attributes.delete(name);
            }
        }
    }

    private static UserDefinedFileAttributeView attributes(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
