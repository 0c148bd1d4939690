package dev.patchferry.foundation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.patchferry.foundation.sqlite.DamageWatch.DamagedDatabaseException;
import dev.patchferry.foundation.sqlite.DatabaseOpening.Checking;
import io.quarkus.runtime.PreventFurtherStepsException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in a file's place is only used if it is what was there before, sound, and of a schema that is known. */
class DatabaseOpeningTest {
    private static final Optional<String> PROGRESS = Optional.of("SELECT coalesce(max(id), 0) FROM notes");
    private static final DatabaseSchema MARKED = new DatabaseSchema("classpath:db/marked", 1, PROGRESS);
    private static final DatabaseSchema EXPANDED = new DatabaseSchema("classpath:db/marked-next", 1, PROGRESS);
    private static final DatabaseSchema CONTRACTED = new DatabaseSchema("classpath:db/marked-next", 2, PROGRESS);
    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("notes.db");
        try (SqliteDatabase database = SqliteDatabase.open(file, MARKED)) {
            note(database, "first");
            note(database, "second");
        }
    }

    @Test
    void aFileThatIsAsItWasIsOpened() {
        assertThat(notes(MARKED)).containsExactly("first", "second");
    }

    @Test
    void anEmptiedFileIsRefused() throws IOException {
        Files.write(file, new byte[0]);

        refuses(MARKED).withMessageContaining("is empty and was not before");
        assertThat(file).isEmptyFile();
    }

    @Test
    void aDeletedFileIsRefusedAndNotMadeAnew() throws IOException {
        Files.delete(file);

        refuses(MARKED).withMessageContaining("is gone");
        assertThat(file).doesNotExist();
    }

    @Test
    void anOlderFileIsRefused() throws IOException {
        Path older = Files.copy(file, folder.resolve("older"));
        try (SqliteDatabase database = SqliteDatabase.open(file, MARKED)) {
            note(database, "third");
        }
        Files.move(older, file, StandardCopyOption.REPLACE_EXISTING);

        refuses(MARKED).withMessageContaining("lacks the last 1 changes");
    }

    @Test
    void anotherFileIsRefused() {
        Path other = folder.resolve("other/notes.db");
        try (SqliteDatabase database = SqliteDatabase.open(other, MARKED)) {
            for (int i = 0; i < 10; i++) {
                note(database, "of another one");
            }
        }
        move(other);

        refuses(MARKED).withMessageContaining("is not the one that was there before");
    }

    @Test
    void aFileWhoseLogWasDeletedAfterAKillIsRefused() throws IOException {
        Path left = folder.resolve("left");
        Files.createDirectory(left);
        SqliteDatabase killed = SqliteDatabase.open(file, MARKED);
        try {
            note(killed, "only in the log");
            for (String name : List.of("notes.db", "notes.mark")) {
                Files.copy(folder.resolve(name), left.resolve(name));
            }
        } finally {
            killed.close();
        }
        file = left.resolve("notes.db");

        refuses(MARKED).withMessageContaining("-wal");
    }

    @Test
    void whatAKilledProcessLeftIsOpened() throws IOException {
        Path left = folder.resolve("left");
        Files.createDirectory(left);
        SqliteDatabase killed = SqliteDatabase.open(file, MARKED);
        try {
            note(killed, "in the log");
            for (String name : List.of("notes.db", "notes.db-wal", "notes.mark")) {
                Files.copy(folder.resolve(name), left.resolve(name));
            }
        } finally {
            killed.close();
        }
        file = left.resolve("notes.db");

        assertThat(notes(MARKED)).containsExactly("first", "second", "in the log");
    }

    @Test
    void theOwnerMayAcceptTheLoss() throws IOException {
        Files.delete(file);

        try (SqliteDatabase database = SqliteDatabase.open(file, MARKED, 1, true)) {
            note(database, "anew");
        }

        assertThat(notes(MARKED)).containsExactly("anew");
    }

    @Test
    void aDamagedHeaderIsRefusedInOneLine() throws IOException {
        overwrite(0, "no header of SQLite");

        refuses(MARKED).withMessageContaining("is damaged: ");
    }

    @Test
    void zeroedPagesAreRefusedBeforeAnythingIsReadOrWritten() throws IOException {
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(PAGE);
            damaged.write(new byte[(int) damaged.length() - PAGE]);
        }
        byte[] before = Files.readAllBytes(file);

        refuses(MARKED).withMessageContaining("is damaged: ");
        assertThat(file).hasBinaryContent(before);
    }

    /** As with a file that is too large to be checked in the time that the start waits for that. */
    @Test
    void damageThatIsFoundOnlyInTheBackgroundEndsTheService() throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(file, MARKED)) {
            IntStream.range(0, 200).forEach(i -> note(database, "x".repeat(PAGE / 2)));
        }
        byte[] page = new byte[PAGE];
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(damaged.length() / PAGE / 2 * PAGE);
            damaged.write(page);
        }
        CompletableFuture<Integer> ended = new CompletableFuture<>();

        try (SqliteDatabase database =
                SqliteDatabase.open(file, MARKED, 1, false, new Checking(Duration.ZERO, ended::complete))) {
            assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(DatabaseRefusal.EXIT_CODE);
            assertThatExceptionOfType(DamagedDatabaseException.class)
                    .isThrownBy(() -> note(database, "after"))
                    .withMessageContaining(file.toString())
                    .withMessageContaining("is damaged: ")
                    .withMessageContaining("\"A damaged or exchanged database\"");
            assertThatExceptionOfType(DamagedDatabaseException.class).isThrownBy(() -> database.read(handle -> true));
        }
    }

    @Test
    void aSoundFileThatIsCheckedInTheBackgroundIsUsed() {
        try (SqliteDatabase database = SqliteDatabase.open(
                file, MARKED, 1, false, new Checking(Duration.ZERO, code -> fail("ended with " + code)))) {
            note(database, "third");
        }

        assertThat(notes(MARKED)).containsExactly("first", "second", "third");
    }

    @Test
    void aSchemaThatOnlyAddsIsUsedByTheBuildBefore() {
        assertThat(notes(EXPANDED)).hasSize(2);

        try (SqliteDatabase database = SqliteDatabase.open(file, MARKED)) {
            note(database, "third");
        }

        assertThat(notes(EXPANDED)).containsExactly("first", "second", "third");
    }

    @Test
    void aSchemaThatTakesSomethingAwayIsRefusedByTheBuildBefore() {
        assertThat(notes(CONTRACTED)).hasSize(2);

        refuses(MARKED)
                .withMessageContaining("has schema version 2")
                .withMessageContaining("up to 1")
                .withMessageContaining("\"Upgrade and downgrade\"");
    }

    @Test
    void aSchemaThatNothingIsSaidAboutIsRefused() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO flyway_schema_history SELECT 2, '99', 'future', type, 'V99__f.sql', checksum,"
                            + " installed_by, installed_on, execution_time, success FROM flyway_schema_history LIMIT 1");
        }

        refuses(MARKED).withMessageContaining("has schema version 99");
    }

    @Test
    void theFileIsCopiedBeforeItsSchemaChangesAndOneCopyIsKept() throws Exception {
        Path older = Files.createFile(folder.resolve("notes.db.schema-0"));

        assertThat(notes(EXPANDED)).hasSize(2);
        assertThat(notes(EXPANDED)).hasSize(2);

        assertThat(older).doesNotExist();
        try (Connection copy = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("notes.db.schema-1"));
                Statement statement = copy.createStatement();
                ResultSet rows = statement.executeQuery("SELECT group_concat(text) FROM notes")) {
            assertThat(rows.getString(1)).isEqualTo("first,second");
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("notes.db.schema-1")))
                .hasSize(2);
    }

    private ThrowableAssertAlternative<PreventFurtherStepsException> refuses(DatabaseSchema schema) {
        return assertThatExceptionOfType(PreventFurtherStepsException.class)
                .isThrownBy(() -> SqliteDatabase.open(file, schema).close())
                .matches(refusal -> refusal.getExitCode() == DatabaseRefusal.EXIT_CODE)
                .withMessageContaining(file.toString())
                .withMessageContaining("docs/operations.md")
                .withMessageNotContaining("\n");
    }

    private void move(Path other) {
        try {
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void overwrite(long at, String text) throws IOException {
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(at);
            damaged.writeBytes(text);
        }
    }

    private List<String> notes(DatabaseSchema schema) {
        try (SqliteDatabase database = SqliteDatabase.open(file, schema)) {
            return database.read(handle -> handle.createQuery("SELECT text FROM notes ORDER BY id")
                    .mapTo(String.class)
                    .list());
        }
    }

    private static void note(SqliteDatabase database, String text) {
        database.write(handle -> handle.execute("INSERT INTO notes (text) VALUES (?)", text));
    }
}
