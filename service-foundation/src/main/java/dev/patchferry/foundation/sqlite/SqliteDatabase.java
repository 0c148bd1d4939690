package dev.patchferry.foundation.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * A migrated, open database file.
 *
 * <p>Writes share one connection, and those that wait at the same time share one commit; reads run beside them on
 * connections of their own. Callers may come from any thread; a write blocks until it is on disk.
 */
public final class SqliteDatabase implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SqliteDatabase.class);
    private static final int READERS = 4;
    private static final int LARGEST_BATCH = 256;

    private final Jdbi jdbi;
    private final DatabaseOpening.Opened opened;
    private final GroupCommit writer;
    private final Semaphore readerPermits = new Semaphore(READERS, true);
    private final Deque<Handle> idleReaders = new ArrayDeque<>();

    private SqliteDatabase(Jdbi jdbi, int largestBatch, DatabaseOpening.Opened opened) {
        this.jdbi = jdbi;
        this.opened = opened;
        this.writer = new GroupCommit(jdbi::open, largestBatch, opened.progress());
    }

    /** The same for a database whose schema no other build works with and which keeps no mark. */
    public static SqliteDatabase open(Path file, String migrations) {
        return open(file, DatabaseSchema.of(migrations), LARGEST_BATCH, false);
    }

    /** The same with the usual bound on how many writes share a commit, for a database that keeps no mark. */
    public static SqliteDatabase open(Path file, DatabaseSchema schema) {
        return open(file, schema, LARGEST_BATCH, false);
    }

    /**
     * Opens the file, creating it and the folders above it for their owner alone, and brings its schema up to date.
     *
     * @param largestBatch how many writes share a commit at most; 1 gives each its own
     * @param lossAccepted whether a file that is not the one its mark speaks of is taken all the same
     * @throws java.io.UncheckedIOException if the folder cannot be made
     * @throws dev.patchferry.foundation.settings.StartRefusal if the file is damaged, was emptied, deleted or exchanged, or
     *     was written by a build whose schema this one cannot work with
     * @throws org.flywaydb.core.api.FlywayException if the schema cannot be migrated
     */
    public static SqliteDatabase open(Path file, DatabaseSchema schema, int largestBatch, boolean lossAccepted) {
        return open(file, schema, largestBatch, lossAccepted, DatabaseOpening.Checking.USUAL);
    }

    static SqliteDatabase open(
            Path file,
            DatabaseSchema schema,
            int largestBatch,
            boolean lossAccepted,
            DatabaseOpening.Checking checking) {
        DatabaseOpening.Opened opened = DatabaseOpening.open(file, schema, lossAccepted, checking);
        Jdbi jdbi = Jdbi.create(opened.source());
        // A failed statement's message must not carry its arguments into a log: they hold what people sent.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        jdbi.setStatementBuilderFactory(_ -> new StatementCache());
        return new SqliteDatabase(jdbi, largestBatch, opened);
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
        opened.watch().requireSound();
        try {
            return writer.write(work);
        } catch (JdbiException e) {
            opened.watch().look(e);
            throw e;
        }
    }

    /**
     * Runs {@code work} beside any writer; each of its statements sees the last commit.
     *
     * @throws X what {@code work} throws
     */
    public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
        opened.watch().requireSound();
        readerPermits.acquireUninterruptibly();
        try {
            Handle reader = borrow();
            boolean sound = false;
            try {
                T result = work.withHandle(reader);
                sound = true;
                return result;
            } catch (JdbiException e) {
                opened.watch().look(e);
                throw e;
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
        opened.check().close();
        writer.close();
        synchronized (idleReaders) {
            idleReaders.forEach(Handle::close);
            idleReaders.clear();
        }
        opened.progress().close();
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
