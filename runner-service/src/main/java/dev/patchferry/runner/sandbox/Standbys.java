package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.Owner;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the processes around the next command ready, one set for each owner of a workspace, and clears away those of the
 * last, so that a command waits for neither. Safe for use by several threads.
 */
final class Standbys implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Standbys.class);
    private static final int PATIENCE_SECONDS = 10;

    /** Starts processes for a command of this owner's. */
    interface Starter {
        Standby start(Owner owner) throws IOException;
    }

    private final Starter starter;
    private final Map<Owner, Future<Standby>> next = new ConcurrentHashMap<>();
    private final ExecutorService housekeeper = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("sandbox-housekeeper").daemon().factory());

    Standbys(Starter starter) {
        this.starter = starter;
    }

    /** One for a command that runs now; to be given to {@link #clear} after it. */
    Standby take(Owner owner) throws IOException {
        Future<Standby> ahead = next.remove(owner);
        if (ahead != null) {
            try {
                Standby standby = ahead.get();
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
        return starter.start(owner);
    }

    /** Has one ready soon. */
    void prepare(Owner owner) {
        try {
            next.computeIfAbsent(owner, _ -> housekeeper.submit(() -> starter.start(owner)));
        } catch (RejectedExecutionException e) {
            LOG.debugf("nothing is started ahead any more");
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
        next.keySet().forEach(owner -> {
            Future<Standby> ahead = next.remove(owner);
            if (ahead != null) {
                housekeeper.execute(() -> {
                    if (ahead.state() == Future.State.SUCCESS) {
                        ahead.resultNow().close();
                    }
                });
            }
        });
        housekeeper.shutdown();
        try {
            if (!housekeeper.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("what was started ahead did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
