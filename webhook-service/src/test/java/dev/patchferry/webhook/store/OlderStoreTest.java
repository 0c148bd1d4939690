package dev.patchferry.webhook.store;

import static dev.patchferry.webhook.Samples.patch;
import static dev.patchferry.webhook.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.HandClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that an older version of this service wrote, whose outbox, history and rows were laid out in another way. */
class OlderStoreTest {
    private static final WorkspaceName DEFAULT = WorkspaceName.DEFAULT;

    /** With a field that nobody read in those days. */
    private static final String PLACED = """
            {"id": "placed", "role": "content_patch", "target_file": "a", "patch": "b", "start_line": 3}""";

    @TempDir
    private Path home;

    private final HandClock clock = new HandClock();

    @AutoClose
    private PatchStore store;

    @BeforeEach
    void openWhatAnOlderVersionWrote() throws SQLException {
        String url = "jdbc:sqlite:" + home.resolve("ferry.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/webhook")
                .target("2")
                .load()
                .migrate();
        try (Connection old = DriverManager.getConnection(url)) {
            insert(old, 1, patch("ended"), "succeeded");
            history(old, "ended", 1, "accepted");
            history(old, "ended", 2, "queued");
            history(old, "ended", 3, "succeeded");
            execute(old, "INSERT INTO delivery_attempt VALUES ('ended', 1, 5, 'delivered', 202, 3)");
            insert(old, 2, patch("waits"), "accepted");
            history(old, "waits", 1, "accepted");
            insert(old, 3, byTheFirstRule(PLACED), "succeeded");
            history(old, "placed", 1, "accepted");
            execute(old, "INSERT INTO outbox VALUES (2, 'waits', 'default', 7, 9, 4)");
        }
        store = TestStore.in(home, clock);
    }

    @Test
    void isDeliveredAsItWasPlanned() {
        OutboxEntry outboxEntry = store.outbox().head(DEFAULT).orElseThrow();

        assertThat(outboxEntry.id()).isEqualTo(new PatchId("waits"));
        assertThat(outboxEntry.document()).isEqualTo(patch("waits").document());
        assertThat(outboxEntry.failures()).isEqualTo(4);
        assertThat(store.outbox().nextAttemptAt(new PatchId("waits"))).contains(Micros.instant(9));
        assertThat(store.outbox().depth()).isOne();
    }

    @Test
    void keepsItsHistoryAndItsAttempts() {
        assertThat(store.history(new PatchId("ended")))
                .map(StatusChange::status)
                .containsExactly(PatchStatus.ACCEPTED, PatchStatus.QUEUED, PatchStatus.SUCCEEDED);
        assertThat(store.outbox().attempts(new PatchId("ended")))
                .containsExactly(new DeliveryAttempt(Micros.instant(5), "delivered", Optional.of(202), 3));
    }

    @Test
    void tellsOfItsAcceptancesThoughNotWhereTheyCameFrom() {
        assertThat(store.activityLog().after(FeedCursor.START, 10).events())
                .map(ActivityLog.PositionedEvent::event)
                .filteredOn(ActivityEvent::isAcceptance)
                .map(activityEvent -> ((ActivityEvent.Changed) activityEvent).from())
                .containsExactly(RequestOrigin.UNKNOWN, RequestOrigin.UNKNOWN, RequestOrigin.UNKNOWN);
    }

    @Test
    void goesOnInItsOrderAndKnowsWhatItHas() {
        assertThat(store.accept(patch("waits"))).isInstanceOf(Acceptance.Duplicate.class);
        store.accept(patch("new"));

        assertThat(store.list(new PatchQuery(
                        Set.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        PatchQuery.Order.NEWEST,
                        Optional.empty(),
                        9)))
                .map(found -> found.id().value())
                .containsExactly("new", "placed", "waits", "ended");
    }

    @Test
    void comparesAnIdByTheRuleItWasStoredUnder() {
        assertThat(store.accept(patch(read(PLACED)))).isInstanceOf(Acceptance.Duplicate.class);
        assertThat(store.accept(patch(read(PLACED.replace("3", "4"))))).isInstanceOf(Acceptance.Duplicate.class);
        assertThat(store.accept(patch(read(PLACED.replace("\"b\"", "\"c\""))))).isInstanceOf(Acceptance.Conflict.class);

        String now = PLACED.replace("placed", "now");
        store.accept(patch(read(now)));
        assertThat(store.accept(patch(read(now)))).isInstanceOf(Acceptance.Duplicate.class);
        assertThat(store.accept(patch(read(now.replace("3", "4"))))).isInstanceOf(Acceptance.Conflict.class);
    }

    @Test
    void isDeliveredUnderTheRuleItWasStoredUnder() {
        assertThat(store.outbox().head(DEFAULT).orElseThrow().hashRule()).isEqualTo(HashRule.FIRST);
    }

    @Test
    void isEmptiedInItsTime() {
        clock.advance(Duration.ofDays(31));

        assertThat(store.dropResults(clock.instant().minus(Duration.ofDays(30)), 10))
                .isEqualTo(2);
        assertThat(store.find(new PatchId("ended")).orElseThrow().droppedAt()).isPresent();
    }

    private static NewPatch byTheFirstRule(String document) {
        return patch(read(document).under(HashRule.FIRST));
    }

    private static void insert(Connection old, long seq, NewPatch patch, String status) throws SQLException {
        try (PreparedStatement statement = old.prepareStatement("""
                INSERT INTO patch (id, seq, principal, roles, workspace, content_hash, status, reason, attempt,
                                   accepted_at, changed_at, document)
                VALUES (?, ?, 'submit', 'submit', 'default', ?, ?, '', 0, 1, 1, ?)
                """)) {
            statement.setString(1, patch.id().value());
            statement.setLong(2, seq);
            statement.setString(3, patch.hash().hex());
            statement.setString(4, status);
            statement.setBytes(5, patch.document().bytes());
            statement.executeUpdate();
        }
    }

    private static void history(Connection old, String id, int position, String status) throws SQLException {
        execute(old, "INSERT INTO history VALUES ('%s', %d, '%s', %d, '')".formatted(id, position, status, position));
    }

    private static void execute(Connection old, String sql) throws SQLException {
        try (PreparedStatement statement = old.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }
}
