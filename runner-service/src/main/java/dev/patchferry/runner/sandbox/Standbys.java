package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
    /** How many sets are ready at most; each has six small processes. */
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

    private final ScheduledExecutorService housekeeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sandbox-housekeeper").daemon().factory());

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
            return housekeeper.schedule(() -> prepare(enclosure), SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Has one ready as soon as can be. */
    synchronized void prepare(Enclosure enclosure) {
        try {
            next.computeIfAbsent(enclosure, _ -> housekeeper.submit(() -> starter.start(enclosure)));
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
            housekeeper.execute(standby::close);
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
        housekeeper.shutdown();
        try {
            if (!housekeeper.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("what was started ahead did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Future<Standby>> remove(Enclosure enclosure) {
        return Optional.ofNullable(next.remove(enclosure));
    }

    /** The housekeeper has started it by the time it comes to this. */
    private void discard(Future<Standby> ahead) {
        housekeeper.execute(() -> {
            if (ahead.state() == Future.State.SUCCESS) {
                ahead.resultNow().close();
            }
        });
    }
}
