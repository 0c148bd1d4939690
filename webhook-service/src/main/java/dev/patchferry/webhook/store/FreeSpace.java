package dev.patchferry.webhook.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many bytes this process may still write to a file system. What was asked a moment ago is told again: every patch
 * asks, and in that moment less is written than the smallest sensible floor.
 */
final class FreeSpace implements LongSupplier {
    private static final long MOMENT = Duration.ofMillis(50).toNanos();

    private final FileStore disk;
    private volatile Answer last;

    private FreeSpace(FileStore disk) throws IOException {
        this.disk = disk;
        this.last = ask();
    }

    /**
     * Of the file system that a folder is on; the folder is made if it is not there yet. To find the file system, Java reads
     * the table of all mounts, so that is done once.
     *
     * @throws UncheckedIOException if the folder cannot be made
     */
    static FreeSpace around(Path folder) {
        try {
            return new FreeSpace(Files.getFileStore(Files.createDirectories(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long getAsLong() {
        Answer known = last;
        if (System.nanoTime() - known.at() > MOMENT) {
            try {
                known = ask();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            last = known;
        }
        return known.bytes();
    }

    private Answer ask() throws IOException {
        return new Answer(disk.getUsableSpace(), System.nanoTime());
    }

    private record Answer(long bytes, long at) {}
}
