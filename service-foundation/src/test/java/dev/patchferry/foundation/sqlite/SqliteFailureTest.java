package dev.patchferry.foundation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else holds the file for longer than a writer waits. */
class SqliteFailureTest {
    @TempDir
    private Path folder;

    @AutoClose
    private SqliteDatabase database;

    @AutoClose
    private Connection other;

    @BeforeEach
    void lockTheFile() throws SQLException {
        database = SqliteDatabase.open(folder.resolve("test.db"), "classpath:db/test");
        other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
        execute("BEGIN EXCLUSIVE");
    }

    @Test
    void saysThatNothingCanBeWrittenWithoutSayingWhatWasToBeWritten() {
        assertThatExceptionOfType(JdbiException.class)
                .isThrownBy(() -> note("confidential"))
                .withMessageNotContaining("confidential");
        assertThatExceptionOfType(JdbiException.class).isThrownBy(database::checkWritable);
    }

    @Test
    void commitsAgainOnceItCanAndNeverOnlyPretends() throws SQLException {
        assertThatExceptionOfType(JdbiException.class).isThrownBy(() -> note("refused"));
        execute("ROLLBACK");

        note("durable");

        try (Statement statement = other.createStatement();
                var rows = statement.executeQuery("SELECT group_concat(text) FROM notes")) {
            assertThat(rows.getString(1)).isEqualTo("durable");
        }
        database.checkWritable();
    }

    @Test
    void goesOnReadingAfterAReadThatFailed() throws SQLException {
        execute("ROLLBACK");
        assertThatExceptionOfType(JdbiException.class)
                .isThrownBy(() -> database.read(handle -> handle.execute("SELECT nonsense")));

        List<String> notes = database.read(handle ->
                handle.createQuery("SELECT text FROM notes").mapTo(String.class).list());

        assertThat(notes).isEmpty();
    }

    private void note(String text) {
        database.write(handle -> handle.execute("INSERT INTO notes VALUES (?)", text));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }
}
