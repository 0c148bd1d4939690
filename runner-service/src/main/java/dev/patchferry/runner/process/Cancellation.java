package dev.patchferry.runner.process;

import java.util.concurrent.CompletableFuture;

/** A request, made at most once, to end what is running. Safe for use by several threads. */
public final class Cancellation {
    private final CompletableFuture<String> requested = new CompletableFuture<>();

    /**
     * Asks for the end; a second request changes nothing.
     *
     * @param reason goes into the receipt
     */
    public void request(String reason) {
        requested.complete(reason);
    }

    public boolean isRequested() {
        return requested.isDone();
    }

    CompletableFuture<String> whenRequested() {
        return requested;
    }
}
