package dev.patchferry.foundation.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteErrorCode;

/**
 * Notices that a database file is damaged. Whoever finds out, while it starts or while it is used, ends the service: what
 * it would read is not to be trusted, and what it would write might make it worse.
 */
final class DamageWatch {
    private static final Logger LOG = Logger.getLogger(DamageWatch.class);
    private static final int BASE_CODE = 0xff;

    private final Path file;
    private final IntConsumer end;
    private volatile Optional<String> damage = Optional.empty();

    /**
     * Watches.
     *
     * @param end ends the service with an exit code
     */
    DamageWatch(Path file, IntConsumer end) {
        this.file = file;
        this.end = end;
    }

    /** The file is damaged: says so in one line, once, and ends the service. */
    synchronized void found(String what) {
        if (damage.isPresent()) {
            return;
        }
        String sentence = DatabaseRefusal.sentence(file, DatabaseRefusal.damaged(what));
        damage = Optional.of(sentence);
        LOG.fatal(sentence + " The service ends.");
        end.accept(DatabaseRefusal.EXIT_CODE);
    }

    /**
     * Nothing is read or written once the file is known to be damaged.
     *
     * @throws DamagedDatabaseException if it is
     */
    void requireSound() {
        damage.ifPresent(sentence -> {
            throw new DamagedDatabaseException(sentence);
        });
    }

    /** What a use of the database threw, in whose chain the file's damage may show. */
    void look(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isDamage(sql)) {
                found(String.valueOf(sql.getMessage()));
                return;
            }
        }
    }

    /** Whether SQLite says that the file is none of its own, or not what it was. */
    static boolean isDamage(SQLException e) {
        int code = e.getErrorCode() & BASE_CODE;
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** The file is damaged, and the service is about to end. */
    static final class DamagedDatabaseException extends JdbiException {
        private static final long serialVersionUID = 1L;

        DamagedDatabaseException(String message) {
            super(message);
        }
    }
}
