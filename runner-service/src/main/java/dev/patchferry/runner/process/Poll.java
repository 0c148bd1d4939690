package dev.patchferry.runner.process;

import static dev.patchferry.runner.process.ProcessDescriptor.ERRNO;
import static dev.patchferry.runner.process.ProcessDescriptor.STATE;
import static dev.patchferry.runner.process.ProcessDescriptor.checked;
import static dev.patchferry.runner.process.ProcessDescriptor.find;
import static dev.patchferry.runner.process.ProcessDescriptor.rethrown;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * Waits until one of a few descriptors can be read. For one thread, which it blocks: not for a virtual one that may wait long.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
final class Poll {
    private static final short POLLIN = 1;
    private static final int FOR_EVER = -1;
    private static final int EINTR = 4;
    private static final StructLayout ENTRY = MemoryLayout.structLayout(
            JAVA_INT.withName("fd"), JAVA_SHORT.withName("events"), JAVA_SHORT.withName("revents"));
    private static final long REVENTS = Integer.BYTES + Short.BYTES;
    private static final MethodHandle CALL =
            find("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private final MemorySegment state;
    private final MemorySegment entries;
    private final int count;

    /** Its memory is the arena's. */
    Poll(Arena arena, int... descriptors) {
        this.state = arena.allocate(STATE);
        this.entries = arena.allocate(ENTRY, descriptors.length);
        this.count = descriptors.length;
        for (int i = 0; i < count; i++) {
            entries.set(JAVA_INT, i * ENTRY.byteSize(), descriptors[i]);
            entries.set(JAVA_SHORT, i * ENTRY.byteSize() + Integer.BYTES, POLLIN);
        }
    }

    /** Scratch space for the errors of other calls of the same thread. */
    MemorySegment state() {
        return state;
    }

    /** Waits as long as it takes; returns whether there is something to read, or an end, at the first descriptor. */
    boolean awaitFirst() throws IOException {
        while (call(FOR_EVER) == 0) {
            // only a signal ends such a wait without a result
        }
        return entries.get(JAVA_SHORT, REVENTS) != 0;
    }

    /** Returns whether any can be read within the patience. */
    boolean await(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long left = Math.max(0, deadline - System.nanoTime());
            int millis =
                    (int) Math.min(Integer.MAX_VALUE, Duration.ofNanos(left).toMillis() + (left > 0 ? 1 : 0));
            if (call(millis) > 0) {
                return true;
            }
            if (left == 0) {
                return false;
            }
        }
    }

    /** Returns how many can be read, 0 after the time or a signal. */
    private int call(int millis) throws IOException {
        try {
            int ready = (int) CALL.invokeExact(state, entries, (long) count, millis);
            int errno = (int) ERRNO.get(state, 0L);
            return ready < 0 && errno == EINTR ? 0 : (int) checked(ready, errno, "poll");
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }
}
