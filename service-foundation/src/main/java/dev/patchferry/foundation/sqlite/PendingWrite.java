package dev.patchferry.foundation.sqlite;

import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/** A work that somebody waits for, and what came of it. The writing thread runs it, perhaps twice, and settles it once. */
final class PendingWrite<T> {
    private final HandleCallback<T, ?> work;
    private final CountDownLatch settled = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    PendingWrite(HandleCallback<T, ?> work) {
        this.work = work;
    }

    /**
     * Runs the work among others of its transaction.
     *
     * @return whether it went well; if not, the whole transaction has to be taken back
     */
    boolean run(Handle handle) {
        try {
            result = work.withHandle(handle);
            failure = null;
            return true;
        } catch (Exception e) {
            failure = e;
            return false;
        }
    }

    /**
     * Runs the work so that it is taken back alone if it throws. What it throws is its own; what the connection throws
     * while taking it back is the whole batch's.
     */
    void runApart(WriterConnection connection) {
        connection.mark();
        if (!run(connection.handle())) {
            connection.takeBack();
        }
        connection.release();
    }

    /**
     * Tells who waits.
     *
     * @param batchFailure what kept the whole batch from being stored, if anything did
     */
    void settle(@Nullable Throwable batchFailure) {
        if (failure == null) {
            failure = batchFailure;
        }
        settled.countDown();
    }

    /** Waits, deaf to interrupts, for nobody could say whether the work is stored. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    <X extends Exception> T result() throws X {
        Uninterrupted.await(settled);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            // Either the batch's, which is unchecked, or what this work is declared to throw.
            throw (X) failure;
        }
        return result;
    }
}
