package dev.patchferry.webhook.store;

import static dev.patchferry.webhook.Samples.event;
import static dev.patchferry.webhook.Samples.patch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import dev.patchferry.webhook.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionWaiterTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final PatchId ID = new PatchId("a");

    @TempDir
    Path home;

    private final StoreEvents storeEvents = new StoreEvents();
    private PatchStore store;
    private CompletionWaiter watch;

    @BeforeEach
    void open() {
        store = SqlitePatchStore.open(
                home.resolve("ferry.db"), 256, false, DiskSpaceGuard.NONE, new HandClock(), storeEvents);
        watch = new CompletionWaiter(store, storeEvents);
        store.accept(patch("a"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void answersWhenTheEndIsCommitted() throws Exception {
        CompletableFuture<Optional<StoredPatch>> waiting = CompletableFuture.supplyAsync(() -> watch.await(ID, LONG));

        apply(1, PatchStatus.QUEUED);
        apply(2, PatchStatus.CANCELLED);

        assertThat(waiting.get(30, TimeUnit.SECONDS)).map(StoredPatch::status).contains(PatchStatus.CANCELLED);
    }

    @Test
    void answersAtOnceWhenItHasEndedBefore() {
        apply(1, PatchStatus.QUEUED);
        apply(2, PatchStatus.CANCELLED);

        assertThat(watch.await(ID, LONG)).map(StoredPatch::status).contains(PatchStatus.CANCELLED);
    }

    @Test
    void answersWhatThereIsWhenTheTimeIsUp() {
        assertThat(watch.await(ID, Duration.ofMillis(1)))
                .map(StoredPatch::status)
                .contains(PatchStatus.ACCEPTED);
    }

    @Test
    void letsEverybodyGoWhenTheServiceStops() throws Exception {
        CompletableFuture<Optional<StoredPatch>> waiting = CompletableFuture.supplyAsync(() -> watch.await(ID, LONG));

        watch.close();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).map(StoredPatch::status).contains(PatchStatus.ACCEPTED);
        assertThat(watch.await(ID, LONG)).isPresent();
    }

    @Test
    void knowsNothingOfAPatchThatWasNeverStored() {
        assertThat(watch.await(new PatchId("nobody"), LONG)).isEmpty();
    }

    private void apply(long number, PatchStatus status) {
        store.runnerEvents().apply(List.of(event(number, patch("a"), status, Optional.empty())));
    }
}
