package dev.patchferry.foundation.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What a database file says of itself before anything is changed in it.
 *
 * @param schema the newest migration in it; 0 if there is none
 * @param oldestBuild the newest migration of the oldest build that works with this schema; 0 if nothing says so
 * @param reading which database it is and how far it has come, if it keeps a mark
 */
record DatabaseInspection(int schema, int oldestBuild, Optional<StoreMark.Reading> reading) {
    private static final String NEWEST =
            "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history" + " WHERE success";
    /** Both numbers are in {@code user_version}, so that a schema is only trusted as far as the build says that wrote it. */
    private static final int FACTOR = 10_000;

    /**
     * Looks into a file.
     *
     * @throws SQLException if it cannot be read, or is no database
     */
    static DatabaseInspection of(Path file, DatabaseSchema known) throws SQLException {
        try (Connection connection = SqliteConnections.readOnly(file);
                Statement statement = connection.createStatement()) {
            int schema = has(statement, "flyway_schema_history") ? (int) number(statement, NEWEST) : 0;
            int version = (int) number(statement, "PRAGMA user_version");
            Optional<StoreMark.Reading> reading = known.progress().isPresent() && has(statement, "store_identity")
                    ? Optional.of(new StoreMark.Reading(
                            text(statement, "SELECT id FROM store_identity"),
                            number(statement, known.progress().get())))
                    : Optional.empty();
            return new DatabaseInspection(schema, version / FACTOR == schema ? version % FACTOR : 0, reading);
        }
    }

    /** Whether a build can work with it whose newest migration is this one. */
    boolean isFor(int build) {
        return schema <= build || (oldestBuild > 0 && oldestBuild <= build);
    }

    /** The statement that says which builds work with a schema. */
    static String declare(int schema, int oldestBuild) {
        return "PRAGMA user_version = " + (schema * FACTOR + Math.min(schema, oldestBuild));
    }

    private static boolean has(Statement statement, String table) throws SQLException {
        return number(statement, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'")
                > 0;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
