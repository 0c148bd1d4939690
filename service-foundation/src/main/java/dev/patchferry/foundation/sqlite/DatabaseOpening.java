package dev.patchferry.foundation.sqlite;

import dev.patchferry.foundation.files.PrivateFolder;
import dev.patchferry.foundation.settings.StartRefusal;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.ConnectionException;

/**
 * Everything between the name of a file and a database that can be trusted: the file is looked at before it is changed, and
 * refused if it is damaged, not the one that was there before, or written by a build too new.
 */
final class DatabaseOpening {
    private static final Logger LOG = Logger.getLogger(DatabaseOpening.class);
    private final Path file;
    private final DatabaseSchema schema;
    private final Checking checking;
    private final DataSource source;
    private final Flyway flyway;

    /** What belongs to an open database beside its connections. */
    record Opened(DataSource source, CommitProgress progress, DamageWatch watch, QuickCheck check) {}

    /**
     * How the whole file is checked.
     *
     * @param bound for how long the opening waits for that; zero leaves all of it to the background
     * @param end ends the service with an exit code when damage is found later
     */
    record Checking(Duration bound, IntConsumer end) {
        /** Two seconds are enough for some 100 MiB. */
        static final Checking USUAL = new Checking(Duration.ofSeconds(2), Quarkus::asyncExit);
    }

    private DatabaseOpening(Path file, DatabaseSchema schema, Checking checking) {
        this.file = file;
        this.schema = schema;
        this.checking = checking;
        this.source = SqliteConnections.of(file);
        this.flyway = Flyway.configure(DatabaseOpening.class.getClassLoader())
                .dataSource(source)
                .locations(schema.migrations())
                .load();
    }

    /**
     * Opens the file, creating it and the folders above it for their owner alone, and brings its schema up to date.
     *
     * @param lossAccepted whether a file that is not the one from before is taken all the same
     * @throws StartRefusal if the file cannot be used as it is
     * @throws org.flywaydb.core.api.FlywayException if the schema cannot be migrated
     */
    static Opened open(Path file, DatabaseSchema schema, boolean lossAccepted, Checking checking) {
        try {
            Path folder = PrivateFolder.create(
                    Objects.requireNonNull(file.toAbsolutePath().getParent()));
            NativeLibrary.unpackIn(folder);
            return new DatabaseOpening(folder.resolve(file.getFileName()), schema, checking).open(lossAccepted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    private Opened open(boolean lossAccepted) throws IOException, SQLException {
        requireFiles();
        Optional<StoreMark.Reading> mark =
                lossAccepted || schema.progress().isEmpty() ? Optional.empty() : StoreMark.read(StoreMark.of(file));
        boolean holdsSomething = Files.exists(file) && Files.size(file) > 0;
        if (holdsSomething) {
            inspect(mark);
        } else if (mark.isPresent()) {
            throw DatabaseRefusal.exchanged(
                    file, Files.exists(file) ? "is empty and was not before" : "is gone, and its mark is there");
        }
        // The driver gives its further files (-wal, -shm) the mode of this one.
        PrivateFolder.createFile(file);
        PrivateFolder.tightenFiles(Objects.requireNonNull(file.getParent()));
        migrate();
        DamageWatch watch = new DamageWatch(file, checking.end());
        QuickCheck check = QuickCheck.begin(file);
        Optional<StoreMark> kept = Optional.empty();
        if (schema.progress().isPresent()) {
            StoreMark.Reading now =
                    DatabaseInspection.of(file, schema).reading().orElseThrow();
            kept = Optional.of(StoreMark.write(StoreMark.of(file), now));
        }
        check.tell(watch);
        return new Opened(source, CommitProgress.of(schema.progress(), kept), watch, check);
    }

    /** A pipe among them would keep the service waiting for ever. */
    private void requireFiles() {
        Stream<Path> besides =
                Stream.of("-wal", "-shm", "-journal").map(end -> file.resolveSibling(file.getFileName() + end));
        Stream.concat(Stream.of(file, StoreMark.of(file)), besides)
                .filter(each -> Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(each))
                .findFirst()
                .ifPresent(each -> {
                    throw DatabaseRefusal.noFile(file, each);
                });
    }

    private void inspect(Optional<StoreMark.Reading> mark) throws SQLException {
        DatabaseInspection found;
        try {
            found = DatabaseInspection.of(file, schema);
        } catch (SQLException e) {
            if (DamageWatch.isDamage(e)) {
                throw DatabaseRefusal.damaged(file, String.valueOf(e.getMessage()));
            }
            throw e;
        }
        if (!found.isFor(newestKnown())) {
            throw DatabaseRefusal.newer(file, found.schema(), newestKnown());
        }
        if (checking.bound().isPositive()) {
            try (QuickCheck check = QuickCheck.begin(file)) {
                check.within(checking.bound()).ifPresent(damage -> {
                    throw DatabaseRefusal.damaged(file, damage);
                });
            }
        }
        mark.ifPresent(before -> requireSame(before, found.reading()));
    }

    private void requireSame(StoreMark.Reading before, Optional<StoreMark.Reading> now) {
        if (now.isEmpty() || !now.get().identity().equals(before.identity())) {
            throw DatabaseRefusal.exchanged(file, "is not the one that was there before");
        }
        long missing = before.progress() - now.get().progress();
        if (missing > 0) {
            throw DatabaseRefusal.exchanged(
                    file,
                    "lacks the last " + missing + " changes: an older file was put in its place, or its -wal deleted");
        }
    }

    private void migrate() throws IOException, SQLException {
        MigrationInfo current = flyway.info().current();
        if (current != null && flyway.info().pending().length > 0) {
            DatabaseCopy.make(file, version(current), source);
        }
        flyway.migrate();
        MigrationInfo now = Objects.requireNonNull(flyway.info().current());
        if (version(now) > newestKnown()) {
            LOG.warnf(
                    "the database was written by a newer build, whose schema this one can work with file=%s schema=%d"
                            + " known=%d",
                    file, version(now), newestKnown());
            return;
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(DatabaseInspection.declare(version(now), schema.oldestBuild()));
        }
    }

    private int newestKnown() {
        return Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isResolved())
                .mapToInt(DatabaseOpening::version)
                .max()
                .orElse(0);
    }

    private static int version(MigrationInfo migration) {
        return Integer.parseInt(migration.getVersion().getVersion());
    }
}
