package dev.patchferry.webhook.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.patchferry.webhook.store.ActivityEvent;
import dev.patchferry.webhook.store.ActivityLog;
import dev.patchferry.webhook.store.AuditEntry;
import dev.patchferry.webhook.store.FeedCursor;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RequestOrigin;
import dev.patchferry.webhook.store.TestStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalAggregatorTest {
    @TempDir
    Path folder;

    private PatchStore store;
    private RefusalAggregator refusalAggregator;

    @BeforeEach
    void setUp() {
        store = TestStore.in(folder, Clock.systemUTC());
        refusalAggregator = new RefusalAggregator(store);
    }

    @AfterEach
    void tearDown() {
        store.close();
    }

    @Test
    void aThousandRefusalsOfOneKindAreOneNote() {
        for (int i = 0; i < 1_000; i++) {
            refusalAggregator.count(refusal("10.0.0.1", "try " + i));
        }
        refusalAggregator.count(refusal("10.0.0.2", "once"));

        refusalAggregator.flush();

        assertThat(notes())
                .extracting(auditEntry -> auditEntry.from().address().orElse(""), AuditEntry::detail, AuditEntry::count)
                .containsExactly(tuple("10.0.0.1", "try 999", 1_000), tuple("10.0.0.2", "once", 1));
    }

    @Test
    void refusalsFromEverywhereAreNoMoreThanAHundredNotesWithNoneLost() {
        for (int i = 0; i < 50_000; i++) {
            refusalAggregator.count(refusal("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, "x"));
        }

        refusalAggregator.flush();

        assertThat(notes()).hasSizeLessThanOrEqualTo(101);
        assertThat(notes().stream().mapToInt(AuditEntry::count).sum()).isEqualTo(50_000);
    }

    @Test
    void nothingIsNotedTwice() {
        refusalAggregator.count(refusal("10.0.0.1", "x"));

        refusalAggregator.flush();
        refusalAggregator.flush();

        assertThat(notes()).hasSize(1);
    }

    @Test
    void theFirstOfAKindIsNotedAtOnceAndTheRestTogether() throws InterruptedException {
        refusalAggregator.start(new StartupEvent());

        refusalAggregator.count(refusal("10.0.0.1", "first"));
        await().untilAsserted(
                        () -> assertThat(notes()).extracting(AuditEntry::detail).containsExactly("first"));
        for (int i = 0; i < 9; i++) {
            refusalAggregator.count(refusal("10.0.0.1", "again"));
        }
        refusalAggregator.count(refusal("10.0.0.2", "another"));
        await().untilAsserted(
                        () -> assertThat(notes()).extracting(AuditEntry::detail).contains("another"));
        assertThat(notes()).extracting(AuditEntry::detail).containsExactly("first", "another");

        refusalAggregator.stop(new ShutdownEvent());
        assertThat(notes())
                .extracting(AuditEntry::detail, AuditEntry::count)
                .containsExactly(tuple("first", 1), tuple("another", 1), tuple("again", 9));
    }

    @Test
    void whatIsNotedTogetherNamesNoPatchUnlessItIsTheSame() {
        for (int i = 0; i < 200; i++) {
            refusalAggregator.count(about("fix-" + i));
        }

        refusalAggregator.flush();

        assertThat(notes())
                .extracting(auditEntry -> auditEntry.patchId().orElse("several"), AuditEntry::count)
                .contains(tuple("fix-0", 1), tuple("several", 100))
                .hasSize(101);
    }

    private static AuditEntry about(String patch) {
        AuditEntry auditEntry = refusal("10.0.0.1", "used before");
        return new AuditEntry(
                auditEntry.at(),
                auditEntry.kind(),
                auditEntry.outcome(),
                Optional.of("ci"),
                auditEntry.from(),
                Optional.of(patch),
                Optional.empty(),
                auditEntry.detail(),
                1);
    }

    private List<AuditEntry> notes() {
        return store.activityLog().after(FeedCursor.START, 1_000).events().stream()
                .map(ActivityLog.PositionedEvent::event)
                .filter(ActivityEvent.Noted.class::isInstance)
                .map(activityEvent -> ((ActivityEvent.Noted) activityEvent).note())
                .toList();
    }

    private static AuditEntry refusal(String address, String detail) {
        return new AuditEntry(
                Instant.parse("2026-03-01T12:00:00Z"),
                AuditEntry.Kind.REFUSED,
                "unauthenticated",
                Optional.empty(),
                new RequestOrigin(Optional.of(address), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                detail,
                1);
    }
}
