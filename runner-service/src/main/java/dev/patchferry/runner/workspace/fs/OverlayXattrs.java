package dev.patchferry.runner.workspace.fs;

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
public final class OverlayXattrs {
    private static final String PREFIX = "user.overlay.";
    private static final String OPAQUE = PREFIX + "opaque";
    private static final String ORIGIN = PREFIX + "origin";
    private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

    private static final byte MAGIC = (byte) 0xFB;
    private static final int HANDLE_TYPE = 4;
    private static final int HANDLE = 21;

    /** By which a lower entry is hidden: a character device 0/0. */
    private static final FileStat.Node WHITEOUT = new FileStat.Node(0x2000, 0);

    private OverlayXattrs() {}

    /** Hides the lower entry of this name. */
    public static void makeWhiteout(DirectoryHandle folder, EntryName name) throws IOException {
        folder.makeNode(name, WHITEOUT);
    }

    /** Whether this upper folder hides everything below the lower folder of the same name. */
    public static boolean isOpaque(EntryHandle directory) throws IOException {
        if (!directory.attributes().contains(OPAQUE)) {
            return false;
        }
        Optional<byte[]> value = directory.attribute(OPAQUE);
        return value.isPresent() && Arrays.equals(value.get(), YES);
    }

    public static void makeOpaque(EntryHandle directory) throws IOException {
        directory.setAttribute(OPAQUE, YES);
    }

    /** Whether this upper file or folder began as a copy of a lower one, perhaps under another name. */
    public static boolean isCopy(EntryHandle entry) throws IOException {
        return entry.attributes().contains(ORIGIN);
    }

    /**
     * The file handle of what an upper file or folder is a copy of, as {@link EntryHandle#fileHandle} has it; empty where the
     * kernel did not write it down: it does for root only, and where the lower file system has handles.
     *
     * @see <a href="https://github.com/torvalds/linux/blob/v6.12/fs/overlayfs/overlayfs.h">struct ovl_fb</a>
     */
    public static Optional<byte[]> originHandle(EntryHandle entry) throws IOException {
        Optional<byte[]> value = isCopy(entry) ? entry.attribute(ORIGIN) : Optional.empty();
        return value.filter(origin -> origin.length > HANDLE && origin[0] == 0 && origin[1] == MAGIC)
                .map(origin -> {
                    byte[] handle = new byte[1 + origin.length - HANDLE];
                    handle[0] = origin[HANDLE_TYPE];
                    System.arraycopy(origin, HANDLE, handle, 1, origin.length - HANDLE);
                    return handle;
                });
    }

    public static void markAsCopy(EntryHandle entry) throws IOException {
        entry.setAttribute(ORIGIN, new byte[0]);
    }

    /** Takes all marks off a file or folder that leaves the upper layer. */
    public static void strip(EntryHandle entry) throws IOException {
        for (String name : entry.attributes()) {
            if (name.startsWith(PREFIX)) {
                entry.removeAttribute(name);
            }
        }
    }
}
