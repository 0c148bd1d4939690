package dev.patchferry.runner.process;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A platform thread that starts one process and does nothing but for it, one thing after another. It has to live as long as the
 * process: the kernel sends the parent-death signal when the <em>thread</em> ends that started a process. What a process
 * inherits is the thread's, too: its keyring, its restrictions, its mount namespace.
 */
final class ParentThread implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("process-parent").daemon().factory());

    /** Does something on the thread, when it has done all that it was asked for before. */
    <T> CompletableFuture<T> begin(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** The same; waits for it, interrupted or not. */
    <T> T call(Callable<T> task) throws IOException {
        try {
            return begin(task).join();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(cause.getMessage(), cause);
        }
    }

    /** Lets it end when it has done all that it was asked for. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
