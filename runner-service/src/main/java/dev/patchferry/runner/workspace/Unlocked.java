package dev.patchferry.runner.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file or folder of an upper layer while its owner may read and change it, whatever its permissions say: a patch may
 * well leave a file that nobody can read. Closed, the permissions are as before.
 */
record Unlocked(Path path, int mode, boolean changed) implements AutoCloseable {
    private static final int FILE_ACCESS = 0600;
    private static final int FOLDER_ACCESS = 0700;

    static Unlocked of(Path path, FileKind kind) throws IOException {
        int needed = kind.isDirectory() ? FOLDER_ACCESS : FILE_ACCESS;
        boolean locked = (kind.mode() & needed) != needed;
        if (locked) {
            Files.setAttribute(path, "unix:mode", kind.mode() | needed);
        }
        return new Unlocked(path, kind.mode(), locked);
    }

    @Override
    public void close() throws IOException {
        if (changed) {
            Files.setAttribute(path, "unix:mode", mode);
        }
    }
}
