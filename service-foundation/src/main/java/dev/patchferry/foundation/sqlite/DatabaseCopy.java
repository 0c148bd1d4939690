package dev.patchferry.foundation.sqlite;

import dev.patchferry.foundation.files.PrivateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The copy of a database from before its last migration, for whoever has to go back: {@code ferry.db.schema-7} has schema
 * version 7. One is kept. SQLite makes it from a single moment, with what is still in the log.
 */
final class DatabaseCopy {
    private static final Logger LOG = Logger.getLogger(DatabaseCopy.class);
    private static final String SUFFIX = ".schema-";
    private static final String UNFINISHED = ".copying";
    /** What the migration itself and the service need beside the copy. */
    private static final long MARGIN = 16L << 20;

    private DatabaseCopy() {}

    /**
     * Copies the file beside itself and removes older copies.
     *
     * @throws dev.patchferry.foundation.settings.StartRefusal if there is no room for it
     */
    static void make(Path file, int schema, DataSource source) throws IOException, SQLException {
        long needed = size(file) + size(file.resolveSibling(file.getFileName() + "-wal")) + MARGIN;
        long free = Files.getFileStore(file).getUsableSpace();
        if (free < needed) {
            throw DatabaseRefusal.noRoomForCopy(file, needed, free);
        }
        Path copy = file.resolveSibling(file.getFileName() + SUFFIX + schema);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        PrivateFolder.createFile(unfinished);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("backup to '" + unfinished.toString().replace("'", "''") + "'");
        }
        sync(unfinished);
        Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        dropOthers(file, copy);
        LOG.infof(
                "the database was copied before its schema is upgraded file=%s schema=%d copy=%s bytes=%d",
                file, schema, copy, Files.size(copy));
    }

    private static void dropOthers(Path file, Path kept) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, file.getFileName() + SUFFIX + "*")) {
            for (Path copy : copies) {
                if (!copy.getFileName().equals(kept.getFileName())) {
                    Files.delete(copy);
                }
            }
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
