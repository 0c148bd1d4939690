package dev.patchferry.system.pair;

import dev.patchferry.system.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** The databases that an earlier build left when both of its services were killed at work, in a FERRY_HOME of today. */
final class EarlierHome {
    /** The runner takes a journal from another folder for a copy, which was not the case when that build was upgraded. */
    private static final String AT_HOME = "UPDATE origin SET home = NULL";

    private static final String A_LATER_MIGRATION =
            "INSERT INTO flyway_schema_history SELECT 999, '999', 'later', type, 'V999__later.sql', checksum, installed_by,"
                    + " installed_on, execution_time, success FROM flyway_schema_history LIMIT 1";

    private EarlierHome() {}

    /** Writes what the build of this commit left. */
    static void restore(String commit, Path home) throws IOException, SQLException {
        Path root = Checkout.underTest().root();
        Path webhook = Files.createDirectories(home.resolve("webhook")).resolve("ferry.db");
        execute(webhook, dump(root, "webhook-service", commit));
        Path runner = Files.createDirectories(home.resolve("runner")).resolve("journal.db");
        execute(runner, dump(root, "runner-service", commit));
        if (commit.equals("16317b5")) {
            execute(runner, decideIn(Duration.ofHours(1)));
            execute(runner, AT_HOME);
        }
    }

    private static String decideIn(Duration time) {
        return "UPDATE patches SET decide_by = " + Instant.now().plus(time).toEpochMilli()
                + " WHERE status IN ('held', 'proposed')";
    }

    /** Says of a database that a build wrote it whose newest migration is one that nobody knows. */
    static void pretendNewer(Path database) throws SQLException {
        execute(database, A_LATER_MIGRATION);
    }

    private static String dump(Path root, String service, String commit) throws IOException {
        return Files.readString(root.resolve(service + "/src/test/resources/stores/" + commit + ".sql"));
    }

    private static void execute(Path file, String script) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }
}
