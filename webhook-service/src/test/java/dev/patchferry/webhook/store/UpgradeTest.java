package dev.patchferry.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.settings.StartRefusal;
import dev.patchferry.testing.StoredDatabase;
import dev.patchferry.webhook.HandClock;
import dev.patchferry.webhook.Samples;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores that two earlier builds left when they were killed go on under this one; the way back is a copy. */
class UpgradeTest {
    private static final String WEEKS_AGO = "e2d7d2e";
    private static final String DAYS_AGO = "16317b5";
    private static final Map<String, PatchStatus> ENDED =
            Map.of("ended", PatchStatus.SUCCEEDED, "failed", PatchStatus.FAILED);

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {WEEKS_AGO, DAYS_AGO})
    void whatAnEarlierBuildHadStoredGoesOn(String commit) throws Exception {
        StoredDatabase.restore(commit, home.resolve("ferry.db"));

        try (PatchStore store = TestStore.in(home, new HandClock())) {
            ENDED.forEach((id, status) ->
                    assertThat(stored(store, id).status()).as(id).isEqualTo(status));
            assertThat(stored(store, "ended").receipt()).isPresent();
            assertThat(store.history(new PatchId("ended")))
                    .map(StatusChange::status)
                    .startsWith(PatchStatus.ACCEPTED)
                    .endsWith(PatchStatus.SUCCEEDED);
            assertThat(store.outbox().head(WorkspaceName.DEFAULT).orElseThrow().id())
                    .isEqualTo(new PatchId("waiting"));
            assertThat(store.runnerEvents().underway()).contains(new PatchId("running"), new PatchId("queued"));
            assertThat(store.accept(Samples.patch("new"))).isInstanceOf(Acceptance.Stored.class);
        }
    }

    @Test
    void whatWaitedForADecisionStillDoesAndWhatWasUndoneIs() throws Exception {
        StoredDatabase.restore(DAYS_AGO, home.resolve("ferry.db"));

        try (PatchStore store = TestStore.in(home, new HandClock())) {
            assertThat(stored(store, "held").status()).isEqualTo(PatchStatus.HELD);
            assertThat(stored(store, "proposed").status()).isEqualTo(PatchStatus.PROPOSED);
            assertThat(stored(store, "undone").status()).isEqualTo(PatchStatus.UNDONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WEEKS_AGO, DAYS_AGO})
    void whatItWasBeforeIsKeptAsACopyThatOpensAgain(String commit) throws Exception {
        StoredDatabase.restore(commit, home.resolve("ferry.db"));
        TestStore.in(home, new HandClock()).close();

        assertThat(home).isDirectoryContaining("glob:**/ferry.db.schema-" + (commit.equals(WEEKS_AGO) ? 1 : 6));
    }

    @Test
    void aStoreOfANewerBuildIsRefusedInOneLine() throws Exception {
        TestStore.in(home, new HandClock()).close();
        StoredDatabase.pretendNewer(home.resolve("ferry.db"));

        assertThatExceptionOfType(StartRefusal.class)
                .isThrownBy(() -> TestStore.in(home, new HandClock()))
                .withMessageContaining("ferry.db has schema version 999")
                .withMessageNotContaining("\n");
    }

    private static StoredPatch stored(PatchStore store, String id) {
        return store.find(new PatchId(id)).orElseThrow();
    }
}
