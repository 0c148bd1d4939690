package dev.patchferry.foundation.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * One connection on which everybody writes. While one transaction is on its way to the disk, whoever comes queues up,
 * and the next transaction carries them all: a busy store pays for one {@code fsync} per batch, an idle one waits for
 * nobody. Works that go well, which is nearly always, are not separated; if one throws, the transaction is taken back and
 * all run again, each behind a savepoint of its own, so that one that throws takes back only itself. Savepoints from the
 * start would cost more than everything they separate.
 *
 * <p>A platform thread does the writing: in {@code fsync} a virtual one would hold on to its carrier, and there are only as
 * many carriers as processors to answer everybody else.
 */
final class GroupCommit implements AutoCloseable {
    private final Supplier<Handle> connections;
    private final int largestBatch;
    private final CommitProgress progress;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Queue<PendingWrite<?>> queue = new ArrayDeque<>();
    private final Thread writer;
    private boolean closed;
    private @Nullable WriterConnection connection;

    /**
     * @param largestBatch how many works share a transaction at most; bounds how long the first waits for the last
     * @param progress told of each transaction
     */
    GroupCommit(Supplier<Handle> connections, int largestBatch, CommitProgress progress) {
        this.connections = connections;
        this.progress = progress;
        this.largestBatch = largestBatch;
        this.writer = Thread.ofPlatform().name("sqlite-writer").daemon().start(this::writeUntilClosed);
    }

    /**
     * Runs {@code work} on the writing thread and returns when it is on disk.
     *
     * @param work does nothing but use its handle: it may run twice, and what it did the first time is then taken back
     * @throws X what {@code work} throws; then nothing of it is stored
     * @throws org.jdbi.v3.core.JdbiException if the database cannot be written; then nothing of the batch is stored
     * @throws IllegalStateException if this is closed, or called by a work
     */
    <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        PendingWrite<T> mine = new PendingWrite<>(work);
        enqueue(mine);
        return mine.<X>result();
    }

    /** How many wait for the next transaction. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Commits what waits, then closes the connection. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        Uninterrupted.join(writer);
    }

    private void enqueue(PendingWrite<?> write) {
        if (Thread.currentThread() == writer) {
            throw new IllegalStateException("a work that writes has its handle; it must not ask for another write");
        }
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the database is closed");
            }
            queue.add(write);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void writeUntilClosed() {
        for (List<PendingWrite<?>> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            commit(batch);
        }
        discardConnection();
    }

    /** Waits for something to write; empty once this is closed and nothing is left. */
    private List<PendingWrite<?>> nextBatch() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                news.awaitUninterruptibly();
            }
            List<PendingWrite<?>> batch = new ArrayList<>(Math.min(queue.size(), largestBatch));
            while (!queue.isEmpty() && batch.size() < largestBatch) {
                batch.add(queue.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<PendingWrite<?>> batch) {
        @Nullable Throwable failure = null;
        DatabaseCommit event = new DatabaseCommit();
        event.works = batch.size();
        event.begin();
        try {
            WriterConnection open = connection();
            open.begin();
            if (!batch.stream().allMatch(each -> each.run(open.handle()))) {
                open.rollback();
                open.begin();
                batch.forEach(each -> each.runApart(open));
            }
            progress.committing(open.handle());
            open.commit();
            progress.committed();
            event.commit();
        } catch (RuntimeException | Error e) {
            failure = e;
            discardConnection();
        }
        for (PendingWrite<?> each : batch) {
            each.settle(failure);
        }
    }

    private WriterConnection connection() {
        WriterConnection open = connection;
        if (open == null) {
            open = new WriterConnection(connections.get());
            connection = open;
        }
        return open;
    }

    /**
     * After a failure nobody can say whether the connection still has a transaction open, and one that has would let
     * every later write return without having committed. So it goes, whatever the failure was.
     */
    private void discardConnection() {
        WriterConnection broken = connection;
        connection = null;
        if (broken != null) {
            broken.discard();
        }
    }
}
