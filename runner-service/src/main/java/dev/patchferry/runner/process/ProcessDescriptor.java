package dev.patchferry.runner.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;

/**
 * A process held by a descriptor, which never comes to mean another process as a number can, and which tells of the end of
 * processes that are nobody's children here: {@code ProcessHandle.onExit} looks at those only three times a second, and not at all
 * at one that its parent has not reaped.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 */
final class ProcessDescriptor implements AutoCloseable {
    private static final long SYS_PIDFD_SEND_SIGNAL = 424;
    private static final long SYS_PIDFD_OPEN = 434;
    private static final int SIGKILL = 9;
    private static final int ESRCH = 3;
    private static final int EINVAL = 22;
    private static final Linker LINKER = Linker.nativeLinker();
    static final StructLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = find(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final int descriptor;

    private ProcessDescriptor(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens the process that has this number now; empty if there is none.
     *
     * @throws IOException if the kernel refuses, for example for want of descriptors
     */
    static Optional<ProcessDescriptor> of(long pid) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long opened = (long) SYSCALL.invokeExact(state, SYS_PIDFD_OPEN, pid, 0L, 0L, 0L);
            int errno = (int) ERRNO.get(state, 0L);
            if (opened < 0 && (errno == ESRCH || errno == EINVAL)) {
                // EINVAL: the number is a thread's by now.
                return Optional.empty();
            }
            return Optional.of(new ProcessDescriptor((int) checked(opened, errno, "pidfd_open")));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /** Sends KILL; a process that has ended is fine. */
    void kill() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long sent =
                    (long) SYSCALL.invokeExact(state, SYS_PIDFD_SEND_SIGNAL, (long) descriptor, (long) SIGKILL, 0L, 0L);
            int errno = (int) ERRNO.get(state, 0L);
            if (errno != ESRCH) {
                checked(sent, errno, "pidfd_send_signal");
            }
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /**
     * Waits for its end, reaped or not.
     *
     * @return whether it has ended within the patience
     */
    boolean awaitEnd(Duration patience) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return new Poll(arena, descriptor).await(patience);
        }
    }

    @Override
    public void close() {
        close(descriptor);
    }

    /** Closes any descriptor of this process. */
    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("close cannot throw", e);
        }
    }

    static long checked(long result, int errno, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + " failed with errno " + errno);
        }
        return result;
    }

    static IOException rethrown(Throwable e) {
        return switch (e) {
            case IOException io -> io;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException(e);
        };
    }

    @SuppressWarnings("restricted")
    static MethodHandle find(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
    }
}
