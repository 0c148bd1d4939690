package dev.patchferry.runner.bootstrap;

import dev.patchferry.foundation.files.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held by the one runner that uses a home. A second one would take the first one's running patches for leftovers of a
 * crash and drop their transactions. The kernel lets go when the process ends, however it ends.
 */
record HomeLock(FileChannel file) implements AutoCloseable {
    static final String FILE = "lock";

    /**
     * Takes the lock.
     *
     * @throws IllegalStateException if somebody has it
     */
    static HomeLock of(Path home) throws IOException {
        FileChannel file = FileChannel.open(PrivateFolder.createFile(home.resolve(FILE)), StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return new HomeLock(file);
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this very process has it: as good as anybody else.
        }
        file.close();
        throw new IllegalStateException(
                "another runner uses " + home + "; stop it, or give this one another FERRY_HOME");
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
