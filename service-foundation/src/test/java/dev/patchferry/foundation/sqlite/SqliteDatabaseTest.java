package dev.patchferry.foundation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

class SqliteDatabaseTest {
    @TempDir
    private Path folder;

    @AutoClose
    private SqliteDatabase database;

    @AutoClose
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("made/test.db"), "classpath:db/test");
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() {
        database.write(handle -> note(handle, "kept"));
        database.close();

        open();

        assertThat(notes()).containsExactly("kept");
    }

    @Test
    void whatKilledProcessesUnpackedDoesNotPileUp() throws IOException {
        database.close();
        Path left = Files.createFile(folder.resolve("made/native/sqlite-3.0.0-killed-libsqlitejdbc.so"));

        open();

        assertThat(left).doesNotExist();
    }

    @Test
    void aWorkThatThrowsTakesBackOnlyItself() {
        database.write(handle -> note(handle, "before"));

        assertThatIOException()
                .isThrownBy(() -> database.write(handle -> {
                    note(handle, "half");
                    throw new IOException("no");
                }))
                .withMessage("no");

        database.write(handle -> note(handle, "after"));
        assertThat(notes()).containsExactly("before", "after");
    }

    @Test
    void thoseWhoWaitAtTheSameTimeShareOneCommitAndEachGetsItsOwnAnswer() throws Exception {
        AtomicInteger commits = countCommits();
        CountDownLatch firstIsWriting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<String> first = threads.submit(() -> database.write(handle -> {
            firstIsWriting.countDown();
            goOn.await();
            return note(handle, "first");
        }));
        firstIsWriting.await();
        AtomicInteger asked = new AtomicInteger();
        List<Future<String>> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String text = i == 13 ? "first" : "other " + i;
            others.add(threads.submit(() -> {
                asked.incrementAndGet();
                return database.write(handle -> note(handle, text));
            }));
        }
        await().until(() -> asked.get() == 50 && database.waitingWrites() == 50);

        goOn.countDown();

        assertThat(first.get()).isEqualTo("first");
        for (int i = 0; i < 50; i++) {
            if (i == 13) {
                assertThatThrownBy(others.get(13)::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(JdbiException.class);
            } else {
                assertThat(others.get(i).get()).isEqualTo("other " + i);
            }
        }
        assertThat(notes()).hasSize(50);
        assertThat(commits.get()).isEqualTo(2);
    }

    @Test
    void aBatchThatCannotBeCommittedFailsForAllAndTheNextWriteWorks() {
        assertThatThrownBy(() -> database.write(handle -> {
                    note(handle, "lost");
                    handle.getConnection().close();
                    return true;
                }))
                .isInstanceOf(RuntimeException.class);

        database.write(handle -> note(handle, "found"));
        assertThat(notes()).containsExactly("found");
    }

    @Test
    void readersSeeTheLastCommitWhileSomebodyWrites() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<String> writer = threads.submit(() -> database.write(handle -> {
            note(handle, "not yet");
            writing.countDown();
            goOn.await();
            return "written";
        }));
        writing.await();

        assertThat(notes()).isEmpty();

        goOn.countDown();
        assertThat(writer.get()).isEqualTo("written");
        assertThat(notes()).containsExactly("not yet");
    }

    private AtomicInteger countCommits() throws SQLException {
        AtomicInteger commits = new AtomicInteger();
        database.write(handle -> {
            SQLiteConnection connection = handle.getConnection().unwrap(SQLiteConnection.class);
            connection.addCommitListener(new SQLiteCommitListener() {
                @Override
                public void onCommit() {
                    commits.incrementAndGet();
                }

                @Override
                public void onRollback() {
                    // counted are commits
                }
            });
            return true;
        });
        commits.set(0);
        return commits;
    }

    private List<String> notes() {
        return database.read(handle -> handle.createQuery("SELECT text FROM notes ORDER BY rowid")
                .mapTo(String.class)
                .list());
    }

    private static String note(Handle handle, String text) {
        handle.execute("INSERT INTO notes VALUES (?)", text);
        return text;
    }
}
