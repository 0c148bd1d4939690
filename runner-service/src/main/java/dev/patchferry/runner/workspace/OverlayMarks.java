package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The extended attributes by which overlayfs, mounted with {@code userxattr}, remembers things in its upper layer.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs, "userxattr" and "whiteouts and opaque
 *     directories"</a>
 */
final class OverlayMarks {
    private static final String PREFIX = "user.overlay.";
    private static final String OPAQUE = PREFIX + "opaque";
    private static final String ORIGIN = PREFIX + "origin";
    private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

    private OverlayMarks() {}

    /** Whether this upper folder hides everything below the lower folder of the same name. */
    static boolean isOpaque(EntryHandle directory) throws IOException {
        if (!directory.attributes().contains(OPAQUE)) {
            return false;
        }
        Optional<byte[]> value = directory.attribute(OPAQUE);
        return value.isPresent() && Arrays.equals(value.get(), YES);
    }

    static void makeOpaque(EntryHandle directory) throws IOException {
        directory.setAttribute(OPAQUE, YES);
    }

    /** Whether this upper file or folder began as a copy of a lower one, perhaps under another name. */
    static boolean isCopy(EntryHandle entry) throws IOException {
        return entry.attributes().contains(ORIGIN);
    }

    static void markAsCopy(EntryHandle entry) throws IOException {
        entry.setAttribute(ORIGIN, new byte[0]);
    }

    /** Takes all marks off a file or folder that leaves the upper layer. */
    static void strip(EntryHandle entry) throws IOException {
        for (String name : entry.attributes()) {
            if (name.startsWith(PREFIX)) {
                entry.removeAttribute(name);
            }
        }
    }
}
