package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The run folders of a runner. A clean one serves again: to make its dozen entries anew costs a file system more than all else
 * that is done with them. Safe for use by several threads.
 */
final class RunFolders implements AutoCloseable {
    private static final int MAX_SPARE = 8;

    private final Path scratch;
    private final Deque<RunFolder> spare = new ArrayDeque<>();
    private boolean closed;

    /**
     * Prepares for commands.
     *
     * @param scratch a folder of the runner's own, on a file system that can hold a pipe
     */
    RunFolders(Path scratch) {
        this.scratch = scratch;
    }

    Path scratch() {
        return scratch;
    }

    RunFolder take() throws IOException {
        RunFolder taken = pollSpare();
        return taken == null ? RunFolder.in(scratch) : taken;
    }

    /** Takes one back when all processes that were started for it have ended. */
    void giveBack(RunFolder run) throws IOException {
        if (!run.isClean()) {
            run.delete();
            return;
        }
        run.reset();
        if (!keep(run)) {
            run.delete();
        }
    }

    private synchronized @Nullable RunFolder pollSpare() {
        return spare.poll();
    }

    private synchronized boolean keep(RunFolder run) {
        return !closed && spare.size() < MAX_SPARE && spare.offer(run);
    }

    /** Deletes those that wait; the others go when they are given back. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (RunFolder run : spare) {
            run.delete();
        }
        spare.clear();
    }
}
