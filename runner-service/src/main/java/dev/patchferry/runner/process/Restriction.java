package dev.patchferry.runner.process;

import java.util.concurrent.CompletableFuture;

/** What a process can be started under, beyond what its own command line asks for: a property of the thread that starts it. */
public enum Restriction {
    /** A session keyring of its own, empty: keys of other processes are not found, and none is left for them. */
    OWN_KEYRING,
    /** Abstract Unix sockets, and signals, of none but the processes that it starts. */
    OWN_SOCKETS;

    /** Puts the calling thread under it for good. */
    ThreadIsolation.Result apply() {
        return switch (this) {
            case OWN_KEYRING -> ThreadIsolation.joinFreshSessionKeyring();
            case OWN_SOCKETS -> ThreadIsolation.scopeSocketsAndSignals();
        };
    }

    /** Finds out whether this machine has it, on a thread that ends at once. */
    public ThreadIsolation.Result probe() {
        CompletableFuture<ThreadIsolation.Result> result = new CompletableFuture<>();
        Thread.ofPlatform().name("restriction-probe").start(() -> {
            try {
                result.complete(apply());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
                throw e;
            }
        });
        return result.join();
    }
}
