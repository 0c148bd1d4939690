package dev.patchferry.webhook.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventBatcherTest {
    private final BlockingQueue<Optional<PatchEvent>> runner = new ArrayBlockingQueue<>(1_000);

    @Test
    void anEndComesTogetherWithWhatCameBefore() throws IOException {
        send(PatchStatus.QUEUED, PatchStatus.RUNNING, PatchStatus.SUCCEEDED);

        try (EventBatcher eventBatcher = new EventBatcher(this::next)) {
            assertThat(statuses(eventBatcher.next()))
                    .containsExactly(PatchStatus.QUEUED, PatchStatus.RUNNING, PatchStatus.SUCCEEDED);
        }
    }

    @Test
    void progressComesThoughNothingFollows() throws IOException {
        send(PatchStatus.QUEUED);

        try (EventBatcher eventBatcher = new EventBatcher(this::next)) {
            assertThat(statuses(eventBatcher.next())).containsExactly(PatchStatus.QUEUED);
        }
    }

    @Test
    void whatMoreThanOneBatchHoldsComesInOrderAndWhole() throws IOException {
        for (int i = 0; i < 250; i++) {
            send(PatchStatus.RUNNING);
        }
        runner.add(Optional.empty());
        List<PatchStatus> all = new ArrayList<>();

        try (EventBatcher eventBatcher = new EventBatcher(this::next)) {
            for (List<PatchEvent> batch = eventBatcher.next(); !batch.isEmpty(); batch = eventBatcher.next()) {
                assertThat(batch).hasSizeLessThanOrEqualTo(100);
                all.addAll(statuses(batch));
            }
        }

        assertThat(all).hasSize(250);
    }

    @Test
    void aStreamThatBreaksSaysSoAfterWhatItBrought() throws IOException {
        BlockingQueue<PatchEvent> brought = new ArrayBlockingQueue<>(1, true, List.of(event(PatchStatus.RUNNING)));

        try (EventBatcher eventBatcher = new EventBatcher(() -> Optional.of(orBroken(brought.poll())))) {
            assertThat(statuses(eventBatcher.next())).containsExactly(PatchStatus.RUNNING);
            assertThatThrownBy(eventBatcher::next)
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken");
        }
    }

    @Test
    void closingItEndsTheReading() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);

        new EventBatcher(() -> {
                    try {
                        return next();
                    } finally {
                        ended.countDown();
                    }
                })
                .close();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void send(PatchStatus... statuses) {
        for (PatchStatus status : statuses) {
            runner.add(Optional.of(event(status)));
        }
    }

    private Optional<PatchEvent> next() throws IOException {
        try {
            return runner.take();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static PatchEvent orBroken(PatchEvent event) throws IOException {
        if (event == null) {
            throw new IOException("broken");
        }
        return event;
    }

    private static List<PatchStatus> statuses(List<PatchEvent> events) {
        return events.stream().map(PatchEvent::status).toList();
    }

    private static PatchEvent event(PatchStatus status) {
        return new PatchEvent(
                new EventCursor(1, "0123456789abcdef"),
                new PatchId("a"),
                ContentHash.ofBytes(new byte[0]),
                1,
                status,
                "",
                Instant.EPOCH,
                Optional.empty());
    }
}
