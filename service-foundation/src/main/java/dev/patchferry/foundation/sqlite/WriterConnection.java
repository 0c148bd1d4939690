package dev.patchferry.foundation.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.sqlite.SQLiteConnection;

/**
 * The connection on which everything is written. It frames its transactions itself, with statements prepared once. Used by
 * one thread.
 */
final class WriterConnection {
    /** Enough for the upper levels of every index of a million patches; ids come in no order. */
    private static final int CACHE_KIB = 16 << 10;
    /** A page that many commits change is copied into the file once, and the two syncs of that are rare. 16 MiB. */
    private static final int CHECKPOINT_PAGES = 4_000;

    private final Handle handle;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement mark;
    private final PreparedStatement release;
    private final PreparedStatement takeBack;

    /** Takes over a handle that is in no transaction. */
    WriterConnection(Handle handle) {
        this.handle = handle;
        handle.execute("PRAGMA cache_size = " + -CACHE_KIB);
        handle.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        // Or what a savepoint remembers of a large batch goes through a temporary file.
        handle.execute("PRAGMA temp_store = MEMORY");
        leaveTransactionsToUs();
        this.begin = prepare("BEGIN IMMEDIATE");
        this.commit = prepare("COMMIT");
        this.rollback = prepare("ROLLBACK");
        this.mark = prepare("SAVEPOINT own");
        this.release = prepare("RELEASE own");
        this.takeBack = prepare("ROLLBACK TO own");
    }

    /**
     * While the driver believes in autocommit, it tries to begin a transaction after each statement, to see whether there is
     * one. Its own switch begins one at once, and another with each commit; this only tells it what is the case.
     */
    private void leaveTransactionsToUs() {
        try {
            handle.getConnection()
                    .unwrap(SQLiteConnection.class)
                    .getConnectionConfig()
                    .setAutoCommit(false);
        } catch (SQLException e) {
            throw new TransactionException(e);
        }
    }

    void begin() {
        execute(begin);
    }

    void commit() {
        execute(commit);
    }

    /** Takes back everything since {@link #begin()}. */
    void rollback() {
        execute(rollback);
    }

    /** What runs from here on can be taken back without what ran before. */
    void mark() {
        execute(mark);
    }

    /** Undoes everything since {@link #mark()}. */
    void takeBack() {
        execute(takeBack);
    }

    /** Forgets the mark. */
    void release() {
        execute(release);
    }

    Handle handle() {
        return handle;
    }

    /** Takes an open transaction back, if there is one. */
    void discard() {
        SqliteDatabase.discard(handle);
    }

    private PreparedStatement prepare(String sql) {
        try {
            return handle.getConnection().prepareStatement(sql);
        } catch (SQLException e) {
            throw new TransactionException(e);
        }
    }

    private static void execute(PreparedStatement statement) {
        try {
            statement.execute();
        } catch (SQLException e) {
            throw new TransactionException(e);
        }
    }
}
