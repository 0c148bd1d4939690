package dev.patchferry.foundation.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that every accepted patch pays for. Jdbi looks up how to bind each argument and how to map each result
 * anew, which takes longer than SQLite takes for the row; this binds what it is given, in order. For a handle of {@link
 * SqliteDatabase} only.
 *
 * @param sql its arguments are ?1, ?2 and so on
 */
public record CachedStatement(String sql) {

    /**
     * Runs it.
     *
     * @param arguments text, numbers, bytes or null
     * @throws org.jdbi.v3.core.JdbiException if the database cannot be used
     */
    public void run(Handle handle, @Nullable Object... arguments) {
        using(handle, arguments, PreparedStatement::executeUpdate);
    }

    /**
     * Runs it, and reads the number in its first row.
     *
     * @return empty if there is no row
     * @throws org.jdbi.v3.core.JdbiException if the database cannot be used
     */
    public OptionalLong number(Handle handle, @Nullable Object... arguments) {
        return using(handle, arguments, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        });
    }

    private <T> T using(Handle handle, @Nullable Object[] arguments, Use<T> use) {
        StatementBuilder statements = handle.getStatementBuilder();
        if (!(statements instanceof StatementCache kept)) {
            throw new IllegalArgumentException("not a handle of a SqliteDatabase");
        }
        try {
            PreparedStatement statement = kept.take(handle.getConnection(), sql);
            try {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                return use.of(statement);
            } finally {
                kept.giveBack(statement);
            }
        } catch (SQLException e) {
            throw new TransactionException(e);
        }
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }
}
