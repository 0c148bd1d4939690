package dev.patchferry.runner.process;

import dev.patchferry.contract.PatchStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one request there may be to end what is running, and the moment from which it comes too late. Safe for use by
 * several threads.
 */
public final class Cancellation {
    /** A signal to the whole process group reaches a command and the runner within this time of each other. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final CompletableFuture<Request> requested = new CompletableFuture<>();
    private final CompletableFuture<Long> stopping = new CompletableFuture<>();
    private boolean tooLate;

    /**
     * What was asked for.
     *
     * @param outcome what the patch ends as
     * @param reason goes into the receipt
     */
    public record Request(PatchStatus outcome, String reason) {}

    /**
     * Asks for the end; a second request changes nothing.
     *
     * @return whether that comes in time
     */
    public synchronized boolean request(PatchStatus outcome, String reason) {
        if (!tooLate) {
            requested.complete(new Request(outcome, reason));
        }
        return !tooLate;
    }

    /** From now on every request comes too late; the one that came in time, if one did. */
    public synchronized Optional<Request> close() {
        tooLate = true;
        return requested();
    }

    /** The runner was told to stop. What runs may finish; what ends otherwise at this moment was told, too. */
    public void stopping() {
        stopping.complete(System.nanoTime());
    }

    /**
     * Whether what failed just now did so because the runner is being stopped: a service manager, or a terminal, tells
     * the commands at the same time, and the runner may hear of it last.
     *
     * @param patience how long to wait for that word
     */
    public boolean failedWithTheRunner(Duration patience) {
        try {
            long told = stopping.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return System.nanoTime() - told < AT_ONCE.toNanos();
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is never completed exceptionally", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    public Optional<Request> requested() {
        return Optional.ofNullable(requested.getNow(null));
    }

    CompletableFuture<Request> whenRequested() {
        return requested;
    }
}
