package dev.patchferry.foundation.sqlite;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of one connection: SQLite compiles a statement each time it is prepared, which costs
 * more than most of ours take to run. One that is still in use is not handed out twice. Texts of statements must not be
 * made from data, for each is kept for as long as its connection.
 */
final class StatementCache implements StatementBuilder {
    private final StatementBuilder others = new DefaultStatementBuilder();
    private final Map<String, PreparedStatement> idle = new HashMap<>();
    /** The text that each was prepared from: what Jdbi closes a statement with has other placeholders. */
    private final IdentityHashMap<Statement, String> inUse = new IdentityHashMap<>();

    /** A statement that nobody else uses until it is given back. */
    PreparedStatement take(Connection connection, String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        inUse.put(statement, sql);
        return statement;
    }

    /** Ends the use of a statement, taken or not. */
    void giveBack(Statement used) throws SQLException {
        String sql = inUse.remove(used);
        if (sql != null && used instanceof PreparedStatement prepared && !used.isClosed()) {
            // A document that stays bound would stay in memory.
            prepared.clearParameters();
            if (idle.putIfAbsent(sql, prepared) == null) {
                return;
            }
        }
        used.close();
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        return take(connection, sql);
    }

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return others.create(connection, context);
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return others.createCall(connection, sql, context);
    }

    @Override
    public void close(Connection connection, String template, Statement used) throws SQLException {
        giveBack(used);
    }

    @Override
    public void close(Connection connection) {
        idle.clear();
        inUse.clear();
    }
}
