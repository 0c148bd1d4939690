package dev.patchferry.foundation.sqlite;

import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/** A work that somebody waits for, and what came of it. The writing thread runs and settles it once. */
final class PendingWrite<T> {
    private final HandleCallback<T, ?> work;
    private final CountDownLatch settled = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    PendingWrite(HandleCallback<T, ?> work) {
        this.work = work;
    }

    /** What the work throws is its own; what the connection throws while taking it back is the whole batch's. */
    void run(WriterConnection connection) {
        connection.mark();
        try {
            result = work.withHandle(connection.handle());
        } catch (Exception e) {
            failure = e;
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
