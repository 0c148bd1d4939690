package dev.patchferry.foundation.sqlite;

import dev.patchferry.foundation.files.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A migrated, open database file.
 *
 * <p>Writes share one connection, and those that wait at the same time share one commit; reads run beside them on
 * connections of their own. Callers may come from any thread; a write blocks until it is on disk.
 */
public final class SqliteDatabase implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SqliteDatabase.class);
    private static final int READERS = 4;
    private static final int BUSY_MS = 2_000;
    private static final int LARGEST_BATCH = 256;

    private final Jdbi jdbi;
    private final GroupCommit writer;
    private final Semaphore readerPermits = new Semaphore(READERS, true);
    private final Deque<Handle> idleReaders = new ArrayDeque<>();

    private SqliteDatabase(Jdbi jdbi, int largestBatch) {
        this.jdbi = jdbi;
        this.writer = new GroupCommit(jdbi::open, largestBatch);
    }

    /**
     * Opens the file, creating it and the folders above it for their owner alone, and brings its schema up to date.
     *
     * @param migrations a Flyway location, for example {@code classpath:db/journal}
     * @throws UncheckedIOException if the folder cannot be made
     * @throws org.flywaydb.core.api.FlywayException if the schema cannot be migrated
     */
    public static SqliteDatabase open(Path file, String migrations) {
        return open(file, migrations, LARGEST_BATCH);
    }

    /**
     * The same with another bound on how many writes share a commit; 1 gives each its own.
     *
     * @param largestBatch at least 1
     */
    public static SqliteDatabase open(Path file, String migrations, int largestBatch) {
        try {
            Path folder = PrivateFolder.create(
                    Objects.requireNonNull(file.toAbsolutePath().getParent()));
            NativeLibrary.unpackIn(folder);
            // The driver gives its further files (-wal, -shm) the mode of this one.
            PrivateFolder.createFile(file);
            PrivateFolder.tightenFiles(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MS);
        config.enforceForeignKeys(true);
        // The driver would ask for the last row's number after each insert.
        config.setGetGeneratedKeys(false);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        Flyway.configure(SqliteDatabase.class.getClassLoader())
                .dataSource(source)
                .locations(migrations)
                .load()
                .migrate();
        Jdbi jdbi = Jdbi.create(source);
        // A failed statement's message must not carry its arguments into a log: they hold what people sent.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        jdbi.setStatementBuilderFactory(_ -> new KeptStatements());
        return new SqliteDatabase(jdbi, largestBatch);
    }

    /**
     * Runs {@code work}, whole or not at all, and returns when it is on disk. It may share its transaction with others that
     * wait at the same time, and runs on a thread of its own.
     *
     * @param work does nothing but use its handle: when another work of its transaction throws, it runs a second time
     * @throws X what {@code work} throws; then nothing of it is stored
     * @throws org.jdbi.v3.core.JdbiException if the database cannot be written
     */
    public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        return writer.write(work);
    }

    /**
     * Runs {@code work} beside any writer; each of its statements sees the last commit.
     *
     * @throws X what {@code work} throws
     */
    public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
        readerPermits.acquireUninterruptibly();
        try {
            Handle reader = borrow();
            boolean sound = false;
            try {
                T result = work.withHandle(reader);
                sound = true;
                return result;
            } finally {
                if (sound) {
                    giveBack(reader);
                } else {
                    discard(reader);
                }
            }
        } finally {
            readerPermits.release();
        }
    }

    /**
     * Returns normally if a write could be committed now, found out by committing one. The schema has to hold {@code
     * write_probe(at)} with one row.
     *
     * @throws org.jdbi.v3.core.JdbiException with the reason if not
     */
    public void checkWritable() {
        write(handle -> {
            handle.execute("UPDATE write_probe SET at = ?", System.currentTimeMillis());
            return true;
        });
    }

    /** How many writes wait for the next commit. */
    int waitingWrites() {
        return writer.waiting();
    }

    @Override
    public void close() {
        writer.close();
        synchronized (idleReaders) {
            idleReaders.forEach(Handle::close);
            idleReaders.clear();
        }
    }

    private Handle borrow() {
        synchronized (idleReaders) {
            Handle idle = idleReaders.poll();
            if (idle != null) {
                return idle;
            }
        }
        return jdbi.open();
    }

    private void giveBack(Handle reader) {
        synchronized (idleReaders) {
            idleReaders.push(reader);
        }
    }

    /** Closes below Jdbi, which would first try to end a transaction that may not exist. */
    static void discard(Handle broken) {
        try {
            broken.getConnection().close();
        } catch (SQLException e) {
            LOG.debug("closing a broken connection failed", e);
        }
    }
}
