package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder reached from a root without following links, held open. Whoever renames or replaces folders above it in the
 * meantime changes nothing: paths made here stay in the folder that was opened.
 */
record Beneath(int descriptor) implements AutoCloseable {
    /** Opens the root itself, trusted as given. */
    static Beneath root(Path root) throws IOException {
        return new Beneath(NativeFiles.open(root));
    }

    /** Opens a folder below; the empty path is this folder again. */
    Beneath open(String relative) throws IOException {
        return new Beneath(NativeFiles.openBeneath(descriptor, relative.isEmpty() ? "." : relative));
    }

    /** A path to one entry of this folder; the entry itself may be anything. */
    Path entry(String name) {
        return Path.of("/proc/self/fd/" + descriptor, name);
    }

    @Override
    public void close() {
        NativeFiles.close(descriptor);
    }
}
