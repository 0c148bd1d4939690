package dev.patchferry.runner.workspace.fs;

import static dev.patchferry.runner.workspace.fs.NativeCall.STATE;
import static dev.patchferry.runner.workspace.fs.NativeCall.check;
import static dev.patchferry.runner.workspace.fs.NativeCall.find;
import static dev.patchferry.runner.workspace.fs.NativeCall.rethrow;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.AccessDeniedException;

/**
 * A read lease on one file. The kernel grants it only if nobody has the file open or mapped for writing. Whoever opens it
 * for writing while the lease is held waits until it is closed, at most {@code /proc/sys/fs/lease-break-time} seconds.
 *
 * <p>The kernel reports such an attempt by a signal. The default one, SIGIO, would end the JVM, so another one is set that
 * every process ignores unless it asks for it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2), Leases</a>
 */
public final class ReadLease implements AutoCloseable {
    private static final int F_SETSIG = 10;
    private static final int F_SETLEASE = 1024;
    private static final int F_GETLEASE = 1025;
    private static final long F_RDLCK = 0;
    private static final long SIGURG = 23;
    private static final int EAGAIN = 11;

    private static final MethodHandle FCNTL = find(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG), Linker.Option.firstVariadicArg(2));

    private final int descriptor;
    private final String path;

    private ReadLease(int descriptor, String path) {
        this.descriptor = descriptor;
        this.path = path;
    }

    /** What the kernel answers. */
    public sealed interface Answer {
        /** To be closed. */
        record Granted(ReadLease lease) implements Answer {}

        /** Somebody has the file open or mapped for writing. */
        record InUse() implements Answer {}

        /** Another user's file, one that cannot be read, or a file system without leases. */
        record Unavailable() implements Answer {}
    }

    /**
     * Asks for a lease.
     *
     * @param file a regular file
     */
    public static Answer on(EntryHandle file) throws IOException {
        ReadLease lease;
        try {
            lease = new ReadLease(Descriptors.reopen(file.descriptor(), 0, file.path()), file.path());
        } catch (AccessDeniedException e) {
            return new Answer.Unavailable();
        }
        boolean granted = false;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check(lease.call(state, F_SETSIG, SIGURG), state, "fcntl(F_SETSIG)", lease.path);
            granted = lease.call(state, F_SETLEASE, F_RDLCK) == 0;
            if (granted) {
                return new Answer.Granted(lease);
            }
            return NativeCall.errno(state) == EAGAIN ? new Answer.InUse() : new Answer.Unavailable();
        } finally {
            if (!granted) {
                lease.close();
            }
        }
    }

    /** Whether nobody has tried to open the file for writing since. */
    public boolean isUnbroken() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return check(call(state, F_GETLEASE, 0), state, "fcntl(F_GETLEASE)", path) == F_RDLCK;
        }
    }

    private int call(MemorySegment state, int command, long argument) throws IOException {
        try {
            return (int) FCNTL.invokeExact(state, descriptor, command, argument);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Gives the lease back; whoever waited for that goes on. */
    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
