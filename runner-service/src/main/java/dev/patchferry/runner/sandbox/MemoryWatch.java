package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.util.List;

/**
 * The memory of all processes of a command together, where no control group counts it. Used by one thread.
 *
 * <p>The quick look takes each process' own memory as if none were shared with another. Only if that is too much, the slow
 * one divides what is shared among those who share it.
 */
final class MemoryWatch {
    /** Looking for shared memory takes this share of the time at most. */
    private static final int REST = 10;

    private final long most;
    private final long sharedBefore;
    private SharedMemory.Use shared = new SharedMemory.Use(0, false);
    private long nextLook = System.nanoTime();

    /**
     * Begins.
     *
     * @param most bytes
     */
    MemoryWatch(long most) throws IOException {
        this.most = most;
        this.sharedBefore = MachineMemory.shared();
    }

    /**
     * Whether it is too much.
     *
     * @param uses of the same processes
     */
    boolean isOver(List<ProcessHandle> processes, List<ProcessUse> uses) throws IOException {
        long bytes = shared(processes);
        boolean suspicious = bytes + uses.stream().mapToLong(ProcessUse::memory).sum() > most;
        if (suspicious
                && bytes + processes.stream().mapToLong(ProcessUse::share).sum() > most) {
            return true;
        }
        return hidesTooMuch();
    }

    private long shared(List<ProcessHandle> processes) {
        long start = System.nanoTime();
        if (start - nextLook >= 0) {
            shared = SharedMemory.of(processes);
            nextLook = System.nanoTime() + REST * (System.nanoTime() - start);
        }
        return shared.bytes();
    }

    /**
     * A process that lets nobody see what it holds is taken to hold what the whole machine has gained since the command
     * began.
     */
    private boolean hidesTooMuch() throws IOException {
        return shared.hidden() && MachineMemory.shared() - sharedBefore > most;
    }
}
