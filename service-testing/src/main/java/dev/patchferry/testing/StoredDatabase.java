package dev.patchferry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** What earlier builds left when they were killed, as dumps of their databases in {@code stores/}, by their commit. */
public final class StoredDatabase {
    private StoredDatabase() {}

    /** Writes it into a new file. */
    public static void restore(String commit, Path file) throws IOException, SQLException {
        try (InputStream dump = StoredDatabase.class.getResourceAsStream("/stores/" + commit + ".sql")) {
            execute(file, new String(Objects.requireNonNull(dump, commit).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Says that a build wrote it whose newest migration is one that nobody knows. */
    public static void pretendNewer(Path file) throws SQLException {
        execute(
                file,
                "INSERT INTO flyway_schema_history SELECT 999, '999', 'later', type, 'V999__later.sql', checksum,"
                        + " installed_by, installed_on, execution_time, success FROM flyway_schema_history LIMIT 1");
    }

    private static void execute(Path file, String script) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }
}
