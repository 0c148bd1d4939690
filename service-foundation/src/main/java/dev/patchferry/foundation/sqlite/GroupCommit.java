package dev.patchferry.foundation.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * One connection on which everybody writes. While one transaction is on its way to the disk, whoever comes queues up,
 * and the next transaction carries them all: a busy store pays for one {@code fsync} per batch, an idle one waits for
 * nobody. Each work has a savepoint of its own, so that one that throws takes back only itself.
 *
 * <p>There is no thread of its own: who gets the lock works for everybody in the queue.
 */
final class GroupCommit implements AutoCloseable {
    private static final String OWN = "own";

    private final Supplier<Handle> connections;
    private final int largestBatch;
    private final Queue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock(true);
    private @Nullable Handle connection;

    /**
     * @param largestBatch how many works share a transaction at most; bounds how long the first waits for the last
     */
    GroupCommit(Supplier<Handle> connections, int largestBatch) {
        this.connections = connections;
        this.largestBatch = largestBatch;
    }

    /**
     * Runs {@code work}, perhaps on another caller's thread, and returns when it is on disk.
     *
     * @throws X what {@code work} throws; then nothing of it is stored
     * @throws org.jdbi.v3.core.JdbiException if the database cannot be written; then nothing of the batch is stored
     */
    <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        Waiting<T> mine = new Waiting<>(work);
        queue.add(mine);
        writing.lock();
        try {
            while (!mine.isSettled()) {
                commit(nextBatch());
            }
        } finally {
            writing.unlock();
        }
        return mine.<X>result();
    }

    /** How many wait for the next transaction. */
    int waiting() {
        return queue.size();
    }

    @Override
    public void close() {
        writing.lock();
        try {
            discardConnection();
        } finally {
            writing.unlock();
        }
    }

    private List<Waiting<?>> nextBatch() {
        List<Waiting<?>> batch = new ArrayList<>();
        for (Waiting<?> next = queue.poll(); next != null; next = queue.poll()) {
            batch.add(next);
            if (batch.size() == largestBatch) {
                break;
            }
        }
        return batch;
    }

    private void commit(List<Waiting<?>> batch) {
        boolean committed = false;
        try {
            Handle handle = connection();
            handle.begin();
            for (Waiting<?> each : batch) {
                runAlone(each, handle);
            }
            handle.commit();
            committed = true;
            batch.forEach(Waiting::settle);
        } catch (RuntimeException e) {
            batch.forEach(each -> each.failWith(e));
        } finally {
            if (!committed) {
                discardConnection();
            }
        }
    }

    /** What a work throws is its own; what the database throws while taking it back is everybody's. */
    private static void runAlone(Waiting<?> work, Handle handle) {
        handle.savepoint(OWN);
        if (work.run(handle)) {
            handle.releaseSavepoint(OWN);
        } else {
            handle.rollbackToSavepoint(OWN);
        }
    }

    private Handle connection() {
        Handle open = connection;
        if (open == null) {
            open = connections.get();
            connection = open;
        }
        return open;
    }

    /**
     * After a failure nobody can say whether the connection still has a transaction open, and one that has would let
     * every later write return without having committed. So it goes, whatever the failure was.
     */
    private void discardConnection() {
        Handle broken = connection;
        connection = null;
        if (broken != null) {
            SqliteDatabase.discard(broken);
        }
    }

    /** A work in the queue and what came of it. Written by who holds the lock. */
    private static final class Waiting<T> {
        private final HandleCallback<T, ?> work;
        private @Nullable T result;
        private @Nullable Exception failure;
        private boolean settled;

        Waiting(HandleCallback<T, ?> work) {
            this.work = work;
        }

        boolean run(Handle handle) {
            try {
                result = work.withHandle(handle);
                return true;
            } catch (Exception e) {
                failure = e;
                return false;
            }
        }

        void settle() {
            settled = true;
        }

        void failWith(RuntimeException batchFailure) {
            if (failure == null) {
                failure = batchFailure;
            }
            settled = true;
        }

        boolean isSettled() {
            return settled;
        }

        /** A failure is either the batch's, which is unchecked, or what this work is declared to throw. */
        @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
        <X extends Exception> T result() throws X {
            if (failure != null) {
                throw (X) failure;
            }
            return result;
        }
    }
}
