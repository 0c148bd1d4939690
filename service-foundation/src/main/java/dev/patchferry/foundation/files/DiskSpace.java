package dev.patchferry.foundation.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How much this process may still write to a file system. What was asked a moment ago is told again: every patch asks, and
 * in that moment less is written than the smallest sensible floor.
 */
public final class DiskSpace implements Supplier<DiskSpace.Room> {
    private static final long MOMENT = Duration.ofMillis(50).toNanos();

    private final Path folder;
    private final FileStore disk;
    private volatile Answer last;

    /**
     * What is left.
     *
     * @param files how many files may still be made, which their bytes do not tell; {@link Long#MAX_VALUE} where the file
     *     system has no bound of its own
     */
    public record Room(long bytes, long files) {}

    private DiskSpace(Path folder) throws IOException {
        this.folder = folder;
        this.disk = Files.getFileStore(folder);
        this.last = ask();
    }

    /**
     * Of the file system that a folder is on; the folder is made if it is not there yet. To find the file system, Java reads
     * the table of all mounts, so that is done once.
     *
     * @throws UncheckedIOException if the folder cannot be made
     */
    public static DiskSpace around(Path folder) {
        try {
            return new DiskSpace(PrivateFolder.create(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Room get() {
        Answer known = last;
        if (System.nanoTime() - known.at() > MOMENT) {
            try {
                known = ask();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            last = known;
        }
        return known.room();
    }

    private Answer ask() throws IOException {
        return new Answer(new Room(disk.getUsableSpace(), FileSystemCounts.freeFiles(folder)), System.nanoTime());
    }

    private record Answer(Room room, long at) {}
}
