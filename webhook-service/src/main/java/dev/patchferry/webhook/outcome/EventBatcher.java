package dev.patchferry.webhook.outcome;

import dev.patchferry.contract.PatchEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The events of one connection between the thread that reads them and the one that applies them, so that what arrives
 * together is applied together. Closing it ends the reading.
 */
final class EventBatcher implements AutoCloseable {
    private static final int LARGEST_BATCH = 100;
    /** So long at most a patch is shown as waiting though it runs already: most have ended by then, in the same commit. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private final BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(LARGEST_BATCH);
    private final Thread reader;
    private Optional<Ended> ended = Optional.empty();

    /** Where events come from. */
    interface Source {
        /** Blocks until there is one; empty at the end. */
        Optional<PatchEvent> next() throws IOException;
    }

    private sealed interface Arrival {}

    private record Arrived(PatchEvent event) implements Arrival {}

    private record Ended(Optional<IOException> failure) implements Arrival {}

    /** Begins to read. */
    EventBatcher(Source source) {
        this.reader = Thread.ofVirtual().name("journal-reader").start(() -> readAll(source));
    }

    /**
     * What has arrived, in order. Something that a sender waits for, an end or a call for a decision, comes at once;
     * what only tells of progress waits a moment for more.
     *
     * @return empty at the end of the stream
     * @throws IOException if it broke, after everything before that was handed out, or this thread is interrupted
     */
    List<PatchEvent> next() throws IOException {
        List<PatchEvent> batch = new ArrayList<>();
        try {
            while (batch.isEmpty() && ended.isEmpty()) {
                add(queue.take(), batch);
            }
            long deadline = System.nanoTime() + LINGER.toNanos();
            while (ended.isEmpty() && batch.size() < LARGEST_BATCH) {
                boolean urgent = batch.stream().anyMatch(event -> event.status().endsAWait());
                long patience = urgent ? 0 : deadline - System.nanoTime();
                Arrival more = queue.poll(patience, TimeUnit.NANOSECONDS);
                if (more == null) {
                    return batch;
                }
                add(more, batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while following", e);
        }
        if (batch.isEmpty() && ended.isPresent() && ended.get().failure().isPresent()) {
            throw ended.get().failure().get();
        }
        return batch;
    }

    @Override
    public void close() {
        reader.interrupt();
    }

    private void add(Arrival arrival, List<PatchEvent> batch) {
        switch (arrival) {
            case Arrived(PatchEvent event) -> batch.add(event);
            case Ended end -> ended = Optional.of(end);
        }
    }

    private void readAll(Source source) {
        try {
            queue.put(read(source));
        } catch (InterruptedException e) {
            // Nobody takes them any more.
            Thread.currentThread().interrupt();
        }
    }

    private Ended read(Source source) throws InterruptedException {
        try {
            for (Optional<PatchEvent> event = source.next(); event.isPresent(); event = source.next()) {
                queue.put(new Arrived(event.get()));
            }
            return new Ended(Optional.empty());
        } catch (IOException e) {
            return new Ended(Optional.of(e));
        } catch (RuntimeException e) {
            return new Ended(Optional.of(new IOException("the stream of events cannot be read", e)));
        }
    }
}
