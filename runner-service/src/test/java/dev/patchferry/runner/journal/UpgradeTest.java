package dev.patchferry.runner.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.settings.StartRefusal;
import dev.patchferry.foundation.sqlite.SqliteDatabase;
import dev.patchferry.testing.StoredDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journals that two earlier builds left when they were killed go on under this one; the way back is a copy. */
class UpgradeTest {
    private static final String WEEKS_AGO = "e2d7d2e";
    private static final String DAYS_AGO = "16317b5";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("journal.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {WEEKS_AGO, DAYS_AGO})
    void whatAnEarlierBuildHadJournalledGoesOn(String commit) throws Exception {
        StoredDatabase.restore(commit, file);

        try (SqliteDatabase database = SqliteDatabase.open(file, Journal.SCHEMA)) {
            Journal journal = journal(database);
            JournaledPatch ended = entry(journal, "ended");
            assertThat(ended.status()).isEqualTo(PatchStatus.SUCCEEDED);
            assertThat(journal.receipt(ended)).isPresent();
            assertThat(journal.document(ended)).contains("echo ended");
            assertThat(entry(journal, "failed").status()).isEqualTo(PatchStatus.FAILED);
            assertThat(journal.running(WorkspaceName.DEFAULT)).containsExactly(entry(journal, "running"));
            assertThat(journal.nextWaiting(WorkspaceName.DEFAULT)).contains(entry(journal, "queued"));
            assertThat(journal.started(entry(journal, "queued"))).isPresent();
        }
    }

    @Test
    void whatWaitedForADecisionStillDoesAndWhatWasUndoneIs() throws Exception {
        StoredDatabase.restore(DAYS_AGO, file);

        try (SqliteDatabase database = SqliteDatabase.open(file, Journal.SCHEMA)) {
            Journal journal = journal(database);
            assertThat(entry(journal, "held").status()).isEqualTo(PatchStatus.HELD);
            assertThat(entry(journal, "proposed").status()).isEqualTo(PatchStatus.PROPOSED);
            assertThat(entry(journal, "undone").status()).isEqualTo(PatchStatus.UNDONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WEEKS_AGO, DAYS_AGO})
    void whatItWasBeforeIsKeptAsACopy(String commit) throws Exception {
        StoredDatabase.restore(commit, file);
        SqliteDatabase.open(file, Journal.SCHEMA).close();

        assertThat(folder).isDirectoryContaining("glob:**/journal.db.schema-" + (commit.equals(WEEKS_AGO) ? 1 : 6));
    }

    @Test
    void aJournalOfANewerBuildIsRefusedInOneLine() throws Exception {
        SqliteDatabase.open(file, Journal.SCHEMA).close();
        StoredDatabase.pretendNewer(file);

        assertThatExceptionOfType(StartRefusal.class)
                .isThrownBy(() -> SqliteDatabase.open(file, Journal.SCHEMA))
                .withMessageContaining("journal.db has schema version 999")
                .withMessageNotContaining("\n");
    }

    private static Journal journal(SqliteDatabase database) {
        Clock clock = Clock.systemUTC();
        return new Journal(
                database,
                new EventLog(database, clock, new Random(1)),
                new ChangeCounter(),
                clock,
                Duration.ofHours(24));
    }

    private static JournaledPatch entry(Journal journal, String id) {
        return journal.find(new PatchId(id)).orElseThrow();
    }
}
