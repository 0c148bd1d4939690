package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the processes around the next command ready, for the workspaces used last, and clears away those of the last, so
 * that a command waits for neither. Safe for use by several threads.
 */
final class SandboxPool implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SandboxPool.class);
    /** How many sets are ready at most; each has seven small processes. */
    private static final int MOST = 4;
    /** What is over sooner has the processors for itself. */
    private static final Duration SOON = Duration.ofMillis(100);

    private static final int PATIENCE_SECONDS = 10;

    /** Starts processes for a command. */
    interface Starter {
        PreparedSandbox start(SandboxSpec sandboxSpec) throws IOException;
    }

    private final Starter starter;
    /** The one that was used last is the last. */
    private final Map<SandboxSpec, Future<PreparedSandbox>> next = new LinkedHashMap<>();

    /** Each set is built, and each is cleared away, by a thread of its own: nobody waits for another's clean-up. */
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sandbox-timer").daemon().factory());

    SandboxPool(Starter starter) {
        this.starter = starter;
    }

    /** One for a command that runs now; to be given to {@link #clear} after it. */
    PreparedSandbox take(SandboxSpec sandboxSpec) throws IOException {
        Optional<Future<PreparedSandbox>> ahead = remove(sandboxSpec);
        if (ahead.isPresent()) {
            try {
                PreparedSandbox preparedSandbox = ahead.get().get();
                if (preparedSandbox.isFit()) {
                    return preparedSandbox;
                }
                clear(preparedSandbox);
            } catch (ExecutionException e) {
                LOG.debugf(e, "nothing could be started ahead");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted before the command was started", e);
            }
        }
        return starter.start(sandboxSpec);
    }

    /** Has one ready after a while, unless that is cancelled, though the command before may still run then. */
    Future<?> prepareSoon(SandboxSpec sandboxSpec) {
        try {
            return timer.schedule(() -> prepare(sandboxSpec), SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Has one ready as soon as can be. */
    synchronized void prepare(SandboxSpec sandboxSpec) {
        try {
            next.computeIfAbsent(sandboxSpec, _ -> workers.submit(() -> starter.start(sandboxSpec)));
        } catch (RejectedExecutionException e) {
            LOG.debugf("nothing is started ahead any more");
        }
        if (next.size() > MOST) {
            Iterator<Future<PreparedSandbox>> all = next.values().iterator();
            discard(all.next());
            all.remove();
        }
    }

    /** Clears one away soon. */
    void clear(PreparedSandbox preparedSandbox) {
        try {
            workers.execute(preparedSandbox::close);
        } catch (RejectedExecutionException e) {
            preparedSandbox.close();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            next.values().forEach(this::discard);
            next.clear();
        }
        timer.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("what was started ahead did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Future<PreparedSandbox>> remove(SandboxSpec sandboxSpec) {
        return Optional.ofNullable(next.remove(sandboxSpec));
    }

    /** It may still be being built; then its own thread clears it away afterwards. */
    private void discard(Future<PreparedSandbox> ahead) {
        workers.execute(() -> {
            try {
                ahead.get().close();
            } catch (ExecutionException e) {
                LOG.debugf(e, "nothing could be started ahead");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
