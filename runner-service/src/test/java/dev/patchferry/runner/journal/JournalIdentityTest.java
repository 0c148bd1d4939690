package dev.patchferry.runner.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal that was restored from a copy no longer does. */
class JournalIdentityTest {
    private static final Receipt RESTORED = Receipt.outcomeUnknown("runner_restored", Instant.EPOCH);

    @TempDir
    Path folder;

    private SqliteDatabase database;
    private EventLog events;
    private Journal journal;
    private JournalIdentity journalIdentity;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("journal.db"), "classpath:db/journal");
        events = new EventLog(database, Clock.systemUTC(), new Random(1));
        journal = new Journal(database, events, new ChangeCounter(), Clock.systemUTC(), Duration.ofHours(24));
        journalIdentity = new JournalIdentity(database, events);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewJournalIsAtHomeAnywhereAndThenNowhereElse() {
        assertThat(journalIdentity.isIn("here")).isTrue();

        journalIdentity.settleIn("here");

        assertThat(journalIdentity.isIn("here")).isTrue();
        assertThat(journalIdentity.isIn("there")).isFalse();
    }

    @Test
    void evenAJournalWithoutEventsKnowsNoCursorOfAnother() {
        EventCursor origin = events.newest();

        assertThat(origin.number()).isZero();
        assertThat(events.knows(origin)).isTrue();
        assertThat(events.knows(EventCursor.START)).isTrue();
        assertThat(events.knows(EventCursor.parse("0-00000000000000ab").orElseThrow()))
                .isFalse();
    }

    @Test
    void whatHadNotEndedIsInterruptedAndOldCursorsAreUnknown() {
        offer("waits");
        journal.started(offer("runs"));
        JournaledPatch ended = journal.finished(
                journal.started(offer("ended")).orElseThrow(), Receipts.ended(PatchStatus.SUCCEEDED, "well"));
        EventCursor before = events.newest();

        List<JournaledPatch> interrupted = journalIdentity.beginAnew("there", RESTORED);

        assertThat(interrupted)
                .extracting(journaledPatch -> journaledPatch.id().value())
                .containsExactly("waits", "runs");
        assertThat(journal.find(new PatchId("waits")).orElseThrow().status()).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(events.receipt(journal.find(new PatchId("runs")).orElseThrow()))
                .contains(RESTORED);
        assertThat(journal.find(new PatchId("ended"))).contains(ended);
        assertThat(events.knows(before)).isFalse();
        assertThat(events.knows(events.newest())).isTrue();
        assertThat(journalIdentity.isIn("there")).isTrue();
    }

    @Test
    void aJournalInWhichNothingWaitedAlsoBeginsAnew() {
        EventCursor before = events.newest();

        journalIdentity.beginAnew("there", RESTORED);

        assertThat(events.knows(before)).isFalse();
        assertThat(events.newest()).isNotEqualTo(before);
        assertThat(events.after(events.newest(), 10)).isEmpty();
    }

    @Test
    void whoFollowsFromTheNewOriginSeesWhatComesAfterIt() {
        offer("waits");
        journalIdentity.beginAnew("there", RESTORED);
        EventCursor newest = events.newest();

        offer("later");

        assertThat(events.after(newest, 10))
                .extracting(event -> event.patchId().value())
                .containsExactly("later");
    }

    private JournaledPatch offer(String id) {
        return ((OfferResult.Journalled) journal.accept(Offers.waiting(Documents.shell(id, "true")), 100)).entry();
    }
}
