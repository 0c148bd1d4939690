package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Files;
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

    /** The same of a path whose names need not be text. */
    Beneath open(Path relative) throws IOException {
        String shown = relative.toString();
        return shown.isEmpty()
                ? open("")
                : new Beneath(NativeFiles.openBeneath(descriptor, RawName.of(relative), shown));
    }

    /** A path to this very folder, wherever it is by now. */
    Path path() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    /** A path to one entry of this folder; the entry itself may be anything. */
    Path entry(String name) {
        return path().resolve(name);
    }

    /** The kernel's number of the mount that this folder is on (proc(5), fdinfo). */
    String mount() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor)).stream()
                .filter(line -> line.startsWith("mnt_id:"))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/fdinfo does not tell the mount"));
    }

    @Override
    public void close() {
        NativeFiles.close(descriptor);
    }
}
