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
final class Standbys implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Standbys.class);
    /** How many sets are ready at most; each has seven small processes. */
    private static final int MOST = 4;
    /** What is over sooner has the processors for itself. */
    private static final Duration SOON = Duration.ofMillis(100);

    private static final int PATIENCE_SECONDS = 10;

    /** Starts processes for a command. */
    interface Starter {
        Standby start(Enclosure enclosure) throws IOException;
    }

    private final Starter starter;
    /** The one that was used last is the last. */
    private final Map<Enclosure, Future<Standby>> next = new LinkedHashMap<>();

    /** Each set is built, and each is cleared away, by a thread of its own: nobody waits for another's clean-up. */
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sandbox-timer").daemon().factory());

    Standbys(Starter starter) {
        this.starter = starter;
    }

    /** One for a command that runs now; to be given to {@link #clear} after it. */
    Standby take(Enclosure enclosure) throws IOException {
        Optional<Future<Standby>> ahead = remove(enclosure);
        if (ahead.isPresent()) {
            try {
                Standby standby = ahead.get().get();
                if (standby.isFit()) {
                    return standby;
                }
                clear(standby);
            } catch (ExecutionException e) {
                LOG.debugf(e, "nothing could be started ahead");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted before the command was started", e);
            }
        }
        return starter.start(enclosure);
    }

    /** Has one ready after a while, unless that is cancelled, though the command before may still run then. */
    Future<?> prepareSoon(Enclosure enclosure) {
        try {
            return timer.schedule(() -> prepare(enclosure), SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Has one ready as soon as can be. */
    synchronized void prepare(Enclosure enclosure) {
        try {
            next.computeIfAbsent(enclosure, _ -> workers.submit(() -> starter.start(enclosure)));
        } catch (RejectedExecutionException e) {
            LOG.debugf("nothing is started ahead any more");
        }
        if (next.size() > MOST) {
            Iterator<Future<Standby>> all = next.values().iterator();
            discard(all.next());
            all.remove();
        }
    }

    /** Clears one away soon. */
    void clear(Standby standby) {
        try {
            workers.execute(standby::close);
        } catch (RejectedExecutionException e) {
            standby.close();
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

    private synchronized Optional<Future<Standby>> remove(Enclosure enclosure) {
        return Optional.ofNullable(next.remove(enclosure));
    }

    /** It may still be being built; then its own thread clears it away afterwards. */
    private void discard(Future<Standby> ahead) {
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
