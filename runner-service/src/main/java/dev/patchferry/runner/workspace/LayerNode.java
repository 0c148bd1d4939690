package dev.patchferry.runner.workspace;

import java.nio.file.Path;

/**
 * A file, link or folder in one of the two layers, as it was found.
 *
 * @param root the layer; stays open as long as this is used
 * @param path relative to it, in the file system's own bytes
 */
record LayerNode(Beneath root, Path path, FileKind kind) {
    private static final int OWNER_EXECUTES = 0100;

    /** As git tells modes apart. */
    boolean isExecutable() {
        return (kind.mode() & OWNER_EXECUTES) != 0;
    }

    boolean isSameType(LayerNode other) {
        return kind.type() == other.kind.type();
    }
}
