package dev.patchferry.runner.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.HashRule;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
    private static final WorkspaceName OTHER = new WorkspaceName("other");

    @TempDir
    Path folder;

    private final ChangeCounter changed = new ChangeCounter();
    private SqliteDatabase database;
    private EventLog events;
    private Journal journal;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("journal.db"), "classpath:db/journal");
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        events = new EventLog(database, clock, new Random(1));
        journal = new Journal(database, events, changed, clock, Duration.ofHours(24));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void takesAPatchInOnce() {
        OfferResult first = accept("a", "echo 1");
        OfferResult again = accept("a", "echo 1");

        assertThat(first).isInstanceOf(OfferResult.Journalled.class);
        assertThat(again).isEqualTo(new OfferResult.Known(((OfferResult.Journalled) first).entry()));
        assertThat(journal.list(Optional.empty(), Optional.empty(), Long.MAX_VALUE, 10))
                .hasSize(1);
    }

    @Test
    void S2_refusesOtherContentUnderTheSameId() {
        accept("a", "echo 1");

        assertThat(accept("a", "echo 2")).isInstanceOf(OfferResult.Conflict.class);
        assertThat(journal.document(entry("a"))).contains("echo 1");
    }

    @Test
    void comparesAnIdByTheRuleItWasJournalledUnder() {
        for (HashRule rule : HashRule.values()) {
            journal.accept(Offers.waiting(placed(rule.name(), "b", 3), rule), 100);
            for (HashRule again : HashRule.values()) {
                assertThat(journal.accept(Offers.waiting(placed(rule.name(), "b", 3), again), 100))
                        .isInstanceOf(OfferResult.Known.class);
                assertThat(journal.accept(Offers.waiting(placed(rule.name(), "c", 3), again), 100))
                        .isInstanceOf(OfferResult.Conflict.class);
            }
        }
        assertThat(journal.accept(Offers.waiting(placed("FIRST", "b", 4)), 100)).isInstanceOf(OfferResult.Known.class);
        assertThat(journal.accept(Offers.waiting(placed("FIELD_LIST", "b", 4)), 100))
                .isInstanceOf(OfferResult.Conflict.class);
    }

    @Test
    void knowsWhatWasCancelledBeforeItCameWhateverRuleItsHashWasTakenBy() {
        PatchDocument late = placed("late", "b", 3);
        journal.accept(
                PatchOffer.tombstone(
                        late.id(),
                        late.hashUnder(HashRule.FIRST),
                        late.workspace(),
                        "me",
                        Receipts.ended(PatchStatus.CANCELLED, "cancelled")),
                0);

        assertThat(journal.accept(Offers.waiting(late, HashRule.FIRST), 100)).isInstanceOf(OfferResult.Known.class);
    }

    /** A document with a field that the first rule leaves out. */
    private static PatchDocument placed(String id, String content, int line) {
        return Documents.read("""
                {"id": "%s", "role": "content_patch", "target_file": "a", "patch": "%s", "start_line": %d}
                """.formatted(id, content, line));
    }

    @Test
    void S2_oneOfManyAtOnceIsTheFirst() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<OfferResult> same = () -> accept("a", "echo 1");
            List<Future<OfferResult>> all =
                    threads.invokeAll(IntStream.range(0, 20).mapToObj(i -> same).toList());

            assertThat(all.stream().map(Future::resultNow).filter(OfferResult.Journalled.class::isInstance))
                    .hasSize(1);
        }
    }

    @Test
    void refusesWhatIsTooMuchForAWorkspaceButStillKnowsWhatItHas() {
        for (int i = 0; i < 3; i++) {
            accept("p" + i, "true");
        }

        assertThat(journal.accept(offer("p3", "true"), 3)).isEqualTo(new OfferResult.Full(3));
        assertThat(journal.accept(offer("p2", "true"), 3)).isInstanceOf(OfferResult.Known.class);
        assertThat(journal.find(new PatchId("p3"))).isEmpty();
    }

    @Test
    void journalsARejectionAsAnEnd() {
        Receipt receipt = Receipts.ended(PatchStatus.REJECTED, "no form fits");
        journal.accept(Offers.over(Documents.shell("a", "x"), receipt), 0);

        assertThat(entry("a").status()).isEqualTo(PatchStatus.REJECTED);
        assertThat(entry("a").reason()).isEqualTo("no form fits");
        assertThat(events.receipt(entry("a"))).contains(receipt);
    }

    @Test
    void handsOutTheOldestOfEachWorkspace() {
        accept("a1", "true");
        accept("b1", "true", OTHER);
        accept("a2", "true");

        assertThat(journal.nextWaiting(WorkspaceName.DEFAULT).map(JournaledPatch::id))
                .contains(new PatchId("a1"));
        assertThat(journal.nextWaiting(OTHER).map(JournaledPatch::id)).contains(new PatchId("b1"));
        journal.started(entry("a1"));
        assertThat(journal.nextWaiting(WorkspaceName.DEFAULT).map(JournaledPatch::id))
                .contains(new PatchId("a2"));
        assertThat(journal.running(WorkspaceName.DEFAULT))
                .extracting(JournaledPatch::id)
                .containsExactly(new PatchId("a1"));
        assertThat(journal.waiting(WorkspaceName.DEFAULT)).isEqualTo(1);
    }

    @Test
    void tellsEveryStateAPatchCameTo() {
        accept("a", "true");
        JournaledPatch running = journal.started(entry("a")).orElseThrow();
        journal.finished(running, Receipts.ended(PatchStatus.SUCCEEDED, "well"));

        assertThat(events.history(entry("a")))
                .extracting(StatusChange::status, StatusChange::reason, StatusChange::at)
                .containsExactly(
                        tuple(PatchStatus.QUEUED, "it waits for its turn in the workspace", NOW),
                        tuple(PatchStatus.RUNNING, "it is being executed", NOW),
                        tuple(PatchStatus.SUCCEEDED, "well", NOW));
        assertThat(journal.counts()).containsOnly(Map.entry("succeeded", 1));
    }

    @Test
    void refusesATransitionThatIsNotOne() {
        accept("a", "true");
        JournaledPatch queued = entry("a");
        JournaledPatch ended =
                journal.finished(journal.started(queued).orElseThrow(), Receipts.ended(PatchStatus.FAILED, "no"));

        assertThatThrownBy(() -> journal.started(ended)).hasMessage("a cannot go from failed to running");
        assertThat(journal.started(queued)).isEmpty();
        assertThat(entry("a").status()).isEqualTo(PatchStatus.FAILED);
    }

    @Test
    void remembersACommitUnderWayUntilThePatchEnds() {
        accept("a", "true");
        JournaledPatch running = journal.started(entry("a")).orElseThrow();
        CommitRecord commit =
                new CommitRecord(Receipts.ended(PatchStatus.SUCCEEDED, "well"), TextNode.valueOf("changes"));
        assertThat(journal.commitUnderWay(running)).isEmpty();

        journal.committing(running, commit);
        assertThat(journal.commitUnderWay(running)).contains(commit);

        journal.finished(running, commit.receipt());
        assertThat(journal.commitUnderWay(running)).isEmpty();
    }

    @Test
    void countsAnotherAttemptAndKeepsItsReceiptApart() {
        accept("a", "true");
        JournaledPatch cut = journal.finished(
                journal.started(entry("a")).orElseThrow(), Receipts.ended(PatchStatus.INTERRUPTED, "cut"));

        JournaledPatch again = journal.again(cut, "asked for");

        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.status()).isEqualTo(PatchStatus.QUEUED);
        assertThat(events.receipt(again)).isEmpty();
    }

    @Test
    void numbersEventsWithoutGapsAndReadsThemFromAnywhere() {
        accept("a", "true");
        accept("b", "true");
        journal.started(entry("a"));

        List<PatchEvent> all = events.after(EventCursor.START, 100);

        assertThat(all).extracting(event -> event.cursor().number()).containsExactly(1L, 2L, 3L);
        assertThat(all)
                .extracting(PatchEvent::patchId, PatchEvent::status)
                .containsExactly(
                        tuple(new PatchId("a"), PatchStatus.QUEUED),
                        tuple(new PatchId("b"), PatchStatus.QUEUED),
                        tuple(new PatchId("a"), PatchStatus.RUNNING));
        assertThat(events.after(all.get(1).cursor(), 100)).containsExactly(all.get(2));
        assertThat(events.after(EventCursor.START, 2)).containsExactly(all.get(0), all.get(1));
    }

    @Test
    void knowsOnlyTheCursorsItGaveOut() {
        accept("a", "true");
        EventCursor real = events.after(EventCursor.START, 1).getFirst().cursor();

        assertThat(events.knows(EventCursor.START)).isTrue();
        assertThat(events.knows(real)).isTrue();
        assertThat(events.knows(new EventCursor(1, "0123456789abcdef"))).isFalse();
        assertThat(events.knows(new EventCursor(2, real.nonce()))).isFalse();
    }

    @Test
    void stillKnowsEverythingWhenItIsOpenedAgain() {
        accept("a", "echo 1");
        JournaledPatch running = journal.started(entry("a")).orElseThrow();
        EventCursor last = events.after(EventCursor.START, 10).getLast().cursor();
        database.close();

        open();

        assertThat(entry("a")).isEqualTo(running);
        assertThat(events.knows(last)).isTrue();
        assertThat(accept("a", "echo 1")).isInstanceOf(OfferResult.Known.class);
        assertThat(accept("b", "true"))
                .isInstanceOfSatisfying(
                        OfferResult.Journalled.class,
                        journalled -> assertThat(journalled.entry().seq()).isEqualTo(running.seq() + 1));
    }

    @Test
    void listsPatchesNewestFirstAPageAtATime() {
        accept("a", "true");
        accept("b", "true", OTHER);
        accept("c", "true");
        journal.started(entry("a"));

        assertThat(ids(journal.list(Optional.empty(), Optional.empty(), Long.MAX_VALUE, 2)))
                .containsExactly("c", "b");
        assertThat(ids(journal.list(
                        Optional.empty(), Optional.empty(), entry("b").seq(), 2)))
                .containsExactly("a");
        assertThat(ids(journal.list(Optional.of(PatchStatus.QUEUED), Optional.empty(), Long.MAX_VALUE, 9)))
                .containsExactly("c", "b");
        assertThat(ids(journal.list(Optional.empty(), Optional.of("other"), Long.MAX_VALUE, 9)))
                .containsExactly("b");
    }

    @Test
    void tellsWaitersOfEveryChange() throws Exception {
        long seen = changed.count();

        accept("a", "true");

        assertThat(changed.awaitAfter(seen, Duration.ZERO)).isTrue();
        assertThat(changed.awaitAfter(changed.count(), Duration.ZERO)).isFalse();
    }

    private OfferResult accept(String id, String command) {
        return journal.accept(offer(id, command), 100);
    }

    private void accept(String id, String command, WorkspaceName workspace) {
        journal.accept(
                Offers.waiting(Documents.shell(id, command, document -> document.put("workspace", workspace.value()))),
                100);
    }

    private static PatchOffer offer(String id, String command) {
        return Offers.waiting(Documents.shell(id, command));
    }

    private JournaledPatch entry(String id) {
        return journal.find(new PatchId(id)).orElseThrow();
    }

    private static List<String> ids(List<JournaledPatch> entries) {
        return entries.stream()
                .map(journaledPatch -> journaledPatch.id().value())
                .toList();
    }
}
