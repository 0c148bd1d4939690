package dev.patchferry.foundation.sqlite;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Follows how far a database has come, for its mark. Used by the thread that writes. */
final class CommitProgress implements AutoCloseable {
    /** Of a database without a mark. */
    static final CommitProgress UNMARKED = new CommitProgress(null, null);

    private final @Nullable CachedStatement query;
    private final @Nullable StoreMark mark;
    private long committing;

    private CommitProgress(@Nullable CachedStatement query, @Nullable StoreMark mark) {
        this.query = query;
        this.mark = mark;
    }

    static CommitProgress of(Optional<String> query, Optional<StoreMark> mark) {
        return query.isPresent() && mark.isPresent()
                ? new CommitProgress(new CachedStatement(query.get()), mark.get())
                : UNMARKED;
    }

    /** At the end of a transaction. */
    void committing(Handle handle) {
        if (query != null) {
            committing = query.number(handle).orElseThrow();
        }
    }

    /** That transaction is on disk. */
    void committed() {
        if (mark != null) {
            mark.reached(committing);
        }
    }

    @Override
    public void close() {
        if (mark != null) {
            mark.close();
        }
    }
}
