package dev.patchferry.foundation.sqlite;

import dev.patchferry.foundation.files.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A small file beside a database that says which one it is and how far it had come: 32 characters of identity, then a
 * number. It is written after each commit and without a sync of its own, so it is never ahead of the database: a killed
 * process leaves the exact number, a power cut perhaps an older one.
 */
final class StoreMark implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StoreMark.class);
    private static final int IDENTITY = 32;

    private final FileChannel channel;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
    private boolean failing;

    /** Which database it is, and how far it had come. */
    record Reading(String identity, long progress) {}

    private StoreMark(FileChannel channel) {
        this.channel = channel;
    }

    /** The mark of a database; for {@code ferry.db} it is {@code ferry.mark}. */
    static Path of(Path database) {
        String name = database.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return database.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".mark");
    }

    /** What it says; empty if there is none, or none that was written whole. */
    static Optional<Reading> read(Path mark) throws IOException {
        if (!Files.exists(mark)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(mark);
        if (bytes.length != IDENTITY + Long.BYTES) {
            LOG.warnf("the mark of the database means nothing and is written anew file=%s", mark);
            return Optional.empty();
        }
        return Optional.of(new Reading(
                new String(bytes, 0, IDENTITY, StandardCharsets.US_ASCII),
                ByteBuffer.wrap(bytes).getLong(IDENTITY)));
    }

    /** Writes it to the disk, and keeps it open for what is to come. */
    static StoreMark write(Path mark, Reading reading) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(IDENTITY + Long.BYTES)
                .put(reading.identity().getBytes(StandardCharsets.US_ASCII))
                .putLong(reading.progress())
                .flip();
        FileChannel channel = FileChannel.open(PrivateFolder.createFile(mark), StandardOpenOption.WRITE);
        channel.write(bytes, 0);
        channel.force(true);
        return new StoreMark(channel);
    }

    /** The database has come so far, and that is on disk. A mark that cannot be written stays behind, which harms nobody. */
    void reached(long progress) {
        try {
            channel.write(number.clear().putLong(progress).flip(), IDENTITY);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warnf("the mark of the database cannot be written reason=%s", e.getMessage());
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
