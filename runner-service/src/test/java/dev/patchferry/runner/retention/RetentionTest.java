package dev.patchferry.runner.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.runner.HandClock;
import dev.patchferry.runner.journal.ChangeCounter;
import dev.patchferry.runner.journal.Documents;
import dev.patchferry.runner.journal.EventLog;
import dev.patchferry.runner.journal.Journal;
import dev.patchferry.runner.journal.JournalRetention;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.OfferResult;
import dev.patchferry.runner.journal.Offers;
import dev.patchferry.runner.journal.Receipts;
import dev.patchferry.runner.logs.PatchFileMirror;
import dev.patchferry.runner.logs.PatchLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Duration KEEP = Duration.ofDays(30);

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock(Instant.parse("2026-11-22T10:15:30Z"));
    private SqliteDatabase database;
    private EventLog events;
    private Journal journal;
    private PatchLogs logs;
    private PatchFileMirror view;
    private Retention retention;

    @BeforeEach
    void open() throws IOException {
        database = SqliteDatabase.open(folder.resolve("database/journal.db"), "classpath:db/journal");
        events = new EventLog(database, clock, new Random(1));
        journal = new Journal(database, events, new ChangeCounter(), clock, Duration.ofHours(24));
        logs = new PatchLogs(Files.createDirectory(folder.resolve("logs")));
        view = new PatchFileMirror(Files.createDirectory(folder.resolve("patches")), logs);
        retention = new Retention(new JournalRetention(database, clock), logs, view, KEEP, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void dropsWhatAPatchLeftBehindThirtyDaysAfterItsEndButNotThePatch() throws IOException {
        run("old");
        List<EventCursor> numbers = cursors();
        assertThat(files()).hasSize(4);
        clock.advance(KEEP.plusSeconds(1));

        assertThat(retention.dropBatch()).isOne();

        JournaledPatch old = entry("old");
        assertThat(old.status()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(journal.document(old)).isEmpty();
        assertThat(journal.receipt(old)).isEmpty();
        assertThat(files()).isEmpty();
        assertThat(cursors()).isEqualTo(numbers);
        assertThat(accept("old", "echo old")).isInstanceOf(OfferResult.Known.class);
        assertThat(accept("old", "echo other")).isInstanceOf(OfferResult.Conflict.class);
        assertThat(retention.dropBatch()).isZero();
    }

    @Test
    void keepsWhatEndedLaterAndWhatHasNotEnded() throws IOException {
        accept("late", "echo late");
        accept("waits", "echo waits");
        clock.advance(KEEP.minusSeconds(1));
        end("late");
        clock.advance(Duration.ofSeconds(2));

        assertThat(retention.dropBatch()).isZero();

        assertThat(journal.document(entry("waits"))).contains("echo waits");
        assertThat(journal.receipt(entry("late"))).isPresent();
    }

    @Test
    void showsNoFilesOfWhatItDroppedAfterARestart() throws IOException {
        run("old");
        clock.advance(KEEP.plusSeconds(1));
        retention.dropBatch();
        run("young");

        assertThat(journal.latest(100)).extracting(JournaledPatch::id).containsExactly(new PatchId("young"));
    }

    private void run(String id) throws IOException {
        accept(id, "echo " + id);
        end(id);
    }

    private void end(String id) throws IOException {
        JournaledPatch started = journal.started(entry(id)).orElseThrow();
        logs.begin(started);
        Receipt receipt = Receipts.ended(PatchStatus.SUCCEEDED, "exit code 0");
        JournaledPatch ended = journal.finished(started, receipt);
        view.ended(ended, journal.document(ended), receipt);
    }

    private OfferResult accept(String id, String command) {
        return journal.accept(Offers.waiting(Documents.shell(id, command)), 10);
    }

    private JournaledPatch entry(String id) {
        return journal.find(new PatchId(id)).orElseThrow();
    }

    private List<EventCursor> cursors() {
        return events.after(EventCursor.START, 10).stream()
                .map(PatchEvent::cursor)
                .toList();
    }

    /** Of patches: the database's folder also gets its driver's library, if nobody had it unpacked before. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file) && !file.startsWith(folder.resolve("database")))
                    .toList();
        }
    }
}
