package dev.patchferry.webhook.store;

import dev.patchferry.contract.PatchId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a request wait for the end of a patch without asking again and again. */
public final class CompletionWaiter {
    /** More than this wait for nothing: each has a connection and a thread. They are answered with what there is. */
    private static final int MOST_WAITING = 1_000;

    /** Somebody who waits: one of them, whoever else waits for the same patch. */
    private static final class Waiter {
        private final CompletableFuture<Optional<StoredPatch>> end = new CompletableFuture<>();
    }

    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final PatchStore store;
    private final ConcurrentHashMap<PatchId, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public CompletionWaiter(PatchStore store, StoreEvents storeEvents) {
        this.store = store;
        storeEvents.subscribe(this::heard);
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
        Waiter self = new Waiter();
        waiting.computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet()).add(self);
        try {
            // Looked up after registering: an end in between is either seen here or completes the future.
            Optional<StoredPatch> now = store.find(id);
            if (now.isEmpty() || now.get().status().endsAWait() || closed || longest.isZero()) {
                return now;
            }
            Optional<StoredPatch> end = self.end.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return end.isPresent() ? end : store.find(id);
        } catch (TimeoutException e) {
            return store.find(id);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return store.find(id);
        } finally {
            waiting.computeIfPresent(id, (_, waiters) -> {
                waiters.remove(self);
                return waiters.isEmpty() ? null : waiters;
            });
        }
    }

    /** Answers everybody who waits with what there is, now and from now on. */
    public void close() {
        closed = true;
        waiting.keySet().forEach(id -> release(id, Optional.empty()));
    }

    private void heard(StoreEvent storeEvent) {
        if (storeEvent instanceof StoreEvent.Changed(StoredPatch patch)
                && patch.status().endsAWait()) {
            release(patch.id(), Optional.of(patch));
        }
    }

    /** Answers who waits for it with its end, or, where that is not known, has them look themselves. */
    private void release(PatchId id, Optional<StoredPatch> end) {
        waiting.getOrDefault(id, Set.of()).forEach(waiter -> waiter.end.complete(end));
    }
}
