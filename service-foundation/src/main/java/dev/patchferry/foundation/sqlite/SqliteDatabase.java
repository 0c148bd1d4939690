package dev.patchferry.foundation.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A migrated, open database file.
 *
 * <p>Writes are serialised on one connection, each in a transaction of its own; the place where several waiting writers
 * will share one commit is {@link #write}. Reads run beside them on connections of their own.
 * Callers may come from any thread; a write blocks until it is on disk.
 */
public final class SqliteDatabase implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SqliteDatabase.class);
    private static final int READERS = 4;
    private static final int BUSY_MS = 2_000;

    private final Jdbi jdbi;
    private @Nullable Handle writer;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Semaphore readerPermits = new Semaphore(READERS, true);
    private final Deque<Handle> idleReaders = new ArrayDeque<>();

    private SqliteDatabase(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.writer = jdbi.open();
    }

    /**
     * Opens the file, creating it and the folders above it, and brings its schema up to date.
     *
     * @param migrations a Flyway location, for example {@code classpath:db/journal}
     * @throws UncheckedIOException if the folder cannot be made
     * @throws org.flywaydb.core.api.FlywayException if the schema cannot be migrated
     */
    public static SqliteDatabase open(Path file, String migrations) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MS);
        config.enforceForeignKeys(true);
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
        return new SqliteDatabase(jdbi);
    }

    /**
     * Runs {@code work} in one transaction and returns when it is on disk.
     *
     * @throws X what {@code work} throws; then nothing of it is stored
     * @throws org.jdbi.v3.core.JdbiException if the database cannot be written
     */
    public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        writing.lock();
        try {
            boolean committed = false;
            try {
                T result = writer().inTransaction(work);
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    discardWriter();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    private Handle writer() {
        Handle open = writer;
        if (open == null) {
            open = jdbi.open();
            writer = open;
        }
        return open;
    }

    /**
     * After a failure nobody can say whether the connection still has a transaction open, and one that has would let
     * every later write return without having committed. So it goes, whatever the failure was.
     */
    private void discardWriter() {
        Handle broken = writer;
        writer = null;
        if (broken != null) {
            discard(broken);
        }
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

    @Override
    public void close() {
        writing.lock();
        try {
            discardWriter();
            synchronized (idleReaders) {
                idleReaders.forEach(Handle::close);
                idleReaders.clear();
            }
        } finally {
            writing.unlock();
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
    private static void discard(Handle broken) {
        try {
            broken.getConnection().close();
        } catch (SQLException e) {
            LOG.debug("closing a broken connection failed", e);
        }
    }
}
