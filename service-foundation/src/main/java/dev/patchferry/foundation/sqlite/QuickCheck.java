package dev.patchferry.foundation.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** SQLite's own check of a whole file, on a thread and a connection of its own; it reads and changes nothing. */
final class QuickCheck implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(QuickCheck.class);

    private final Path file;
    private final CompletableFuture<Optional<String>> damage = new CompletableFuture<>();
    private final Thread thread;
    private volatile @Nullable Statement running;
    private volatile boolean closed;

    private QuickCheck(Path file) {
        this.file = file;
        this.thread = Thread.ofPlatform().name("database-check").daemon().start(this::run);
    }

    static QuickCheck begin(Path file) {
        return new QuickCheck(file);
    }

    /** What is wrong, found within this time; empty if nothing is, or if it takes longer. */
    Optional<String> within(Duration bound) {
        try {
            return damage.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.infof("the check of the database goes on in the background file=%s", file);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it finds later is told to the watch. */
    void tell(DamageWatch watch) {
        var _ = damage.thenAccept(found -> found.ifPresent(watch::found));
    }

    private void run() {
        try (Connection connection = SqliteConnections.readOnly(file);
                Statement statement = connection.createStatement()) {
            running = statement;
            damage.complete(closed ? Optional.empty() : firstComplaint(statement));
        } catch (SQLException e) {
            damage.complete(DamageWatch.isDamage(e) ? Optional.ofNullable(e.getMessage()) : notChecked(e));
        } catch (RuntimeException e) {
            damage.completeExceptionally(e);
        } finally {
            running = null;
        }
    }

    private static Optional<String> firstComplaint(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            return rows.next()
                    ? Optional.of(rows.getString(1)).filter(result -> !result.equals("ok"))
                    : Optional.empty();
        }
    }

    private Optional<String> notChecked(SQLException e) {
        if (!closed) {
            LOG.warnf("the database could not be checked file=%s reason=%s", file, e.getMessage());
        }
        return Optional.empty();
    }

    /** Gives up what has not ended. */
    @Override
    public void close() {
        closed = true;
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.debugf(e, "the check of the database could not be cancelled");
            }
        }
        Uninterrupted.join(thread);
    }
}
