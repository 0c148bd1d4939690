package dev.patchferry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.foundation.sqlite.DatabaseSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the oldest build that is said to work with a schema relies on: all it knows is still there, and nothing that was
 * added since asks anything of what it writes.
 */
public abstract class ExpansionContract {
    private static final String COLUMNS = """
            SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '-') || ' '
                   || c.pk
            FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
            """;
    private static final String DEMANDED_COLUMNS = """
            SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND c."notnull" AND c.dflt_value IS NULL
            """;
    private static final String INDEXES_AND_TRIGGERS =
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '-') FROM sqlite_master WHERE type IN ('index', 'trigger')";
    private static final String DEMANDING =
            "SELECT tbl_name || ' ' || name FROM sqlite_master WHERE type = 'trigger' OR sql LIKE 'CREATE UNIQUE%'";

    private final DatabaseSchema schema;

    protected ExpansionContract(DatabaseSchema schema) {
        this.schema = schema;
    }

    @Test
    public final void whatTheOldestBuildKnowsIsStillThere(@TempDir Path folder) throws SQLException {
        Path before = migrated(folder, String.valueOf(schema.oldestBuild()));
        Path now = migrated(folder, "latest");

        assertThat(rows(now, COLUMNS)).containsAll(rows(before, COLUMNS));
        assertThat(rows(now, INDEXES_AND_TRIGGERS)).containsAll(rows(before, INDEXES_AND_TRIGGERS));
    }

    @Test
    public final void whatItWritesIsStillAllowed(@TempDir Path folder) throws SQLException {
        Path before = migrated(folder, String.valueOf(schema.oldestBuild()));
        Path now = migrated(folder, "latest");
        Set<String> tables = rows(before, "SELECT name FROM sqlite_master WHERE type = 'table'");

        assertThat(added(before, now, DEMANDED_COLUMNS))
                .noneMatch(column -> tables.contains(column.substring(0, column.indexOf('.'))));
        assertThat(added(before, now, DEMANDING))
                .noneMatch(name -> tables.contains(name.substring(0, name.indexOf(' '))));
    }

    private static Set<String> added(Path before, Path now, String query) throws SQLException {
        Set<String> added = rows(now, query);
        added.removeAll(rows(before, query));
        return added;
    }

    private Path migrated(Path folder, String version) {
        Path file = folder.resolve("schema-" + version + ".db");
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations(schema.migrations())
                .target(version)
                .load()
                .migrate();
        return file;
    }

    private static Set<String> rows(Path file, String query) throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
