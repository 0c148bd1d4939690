package dev.patchferry.runner.process;

import dev.patchferry.contract.PatchStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one request there may be to end what is running, and the moment from which it comes too late. Safe for use by
 * several threads.
 */
public final class Cancellation {
    private final CompletableFuture<Request> requested = new CompletableFuture<>();
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

    public Optional<Request> requested() {
        return Optional.ofNullable(requested.getNow(null));
    }

    CompletableFuture<Request> whenRequested() {
        return requested;
    }
}
