package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a request wait for the end of a patch without asking again and again. */
public final class EndWatch {
    /** More than this wait for nothing: each has a connection and a thread. They are answered with what there is. */
    private static final int MOST_WAITING = 1_000;

    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final PatchStore store;
    private final ConcurrentHashMap<PatchId, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public EndWatch(PatchStore store, Signals signals) {
        this.store = store;
        signals.subscribe(this::heard);
    }

    /**
     * Waits until a patch has ended, or only a person can move it on, or the time is up; not at all when too many wait.
     *
     * @return the patch as it then is; empty if there is none
     */
    public Optional<StoredPatch> await(PatchId id, Duration longest) {
        if (!places.tryAcquire()) {
            return store.find(id);
        }
        try {
            return awaitInPlace(id, longest);
        } finally {
            places.release();
        }
    }

    private Optional<StoredPatch> awaitInPlace(PatchId id, Duration longest) {
        CountDownLatch ended = new CountDownLatch(1);
        waiting.computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet()).add(ended);
        try {
            // Looked up after registering: an end in between is either seen here or counts the latch down.
            Optional<StoredPatch> now = store.find(id);
            if (now.isEmpty() || now.get().status().endsAWait() || closed || longest.isZero()) {
                return now;
            }
            ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
            return store.find(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return store.find(id);
        } finally {
            waiting.computeIfPresent(id, (_, latches) -> {
                latches.remove(ended);
                return latches.isEmpty() ? null : latches;
            });
        }
    }

    /** Answers everybody who waits with what there is, now and from now on. */
    public void close() {
        closed = true;
        waiting.keySet().forEach(this::release);
    }

    private void heard(Signal signal) {
        if (signal instanceof Signal.Changed changed && changed.status().endsAWait()) {
            release(changed.id());
        }
    }

    private void release(PatchId id) {
        waiting.getOrDefault(id, Set.of()).forEach(CountDownLatch::countDown);
    }
}
