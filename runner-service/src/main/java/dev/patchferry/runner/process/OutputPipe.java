package dev.patchferry.runner.process;

import static dev.patchferry.runner.process.ProcessDescriptor.ERRNO;
import static dev.patchferry.runner.process.ProcessDescriptor.STATE;
import static dev.patchferry.runner.process.ProcessDescriptor.checked;
import static dev.patchferry.runner.process.ProcessDescriptor.find;
import static dev.patchferry.runner.process.ProcessDescriptor.rethrown;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * The reading end of a named pipe that takes the output of a command. It is copied to the log as it comes, by a thread of
 * its own. Whoever still holds the writing end after the command has ended can neither delay the end nor add to the log.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 */
public final class OutputPipe implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OutputPipe.class);
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final MethodHandle OPEN =
            find("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ =
            find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            find("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle IOCTL = find(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle EVENTFD = find("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private static final long FIONREAD = 0x541b;
    /** What the copy may still read while the command runs. */
    private static final long WITHOUT_END = Long.MAX_VALUE;

    private final int pipe;

    private OutputPipe(int pipe) {
        this.pipe = pipe;
    }

    /** Opens the reading end of an existing named pipe; nobody needs to hold the other one yet. */
    public static OutputPipe open(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int pipe = (int) OPEN.invokeExact(state, arena.allocateFrom(path.toString()), O_NONBLOCK | O_CLOEXEC);
            return new OutputPipe((int) checked(pipe, errno(state), "open"));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /**
     * What a copy came to.
     *
     * @param dropped bytes that were not written to the log, since it had reached its bound or could not be written
     * @param closed whether nobody holds the writing end any more
     */
    public record Copied(long dropped, boolean closed) {}

    /**
     * Begins to copy; one copy at a time.
     *
     * @param log is created, or appended to
     * @param most bytes to add to it; the rest is counted
     */
    public Copy copyTo(Path log, long most) throws IOException {
        return new Copy(log, most);
    }

    /** A copy under way, which has to be finished. */
    public final class Copy {
        private final CompletableFuture<Copied> copied = new CompletableFuture<>();
        private final int end = eventDescriptor();
        private volatile boolean hasEnded;

        private Copy(Path log, long most) throws IOException {
            Thread.ofPlatform().name("output-copier").daemon().start(() -> {
                try {
                    copied.complete(copy(log, most));
                } catch (IOException | RuntimeException | VirtualMachineError e) {
                    copied.completeExceptionally(e);
                }
            });
        }

        /** Call this once, when the command has ended: takes what is in the pipe by now and waits for the copy. */
        public Copied finish() throws IOException {
            hasEnded = true;
            signal(end);
            try {
                // Not cut short by an interrupt: the copier must be done with the descriptors before they are closed.
                return copied.join();
            } catch (CompletionException e) {
                throw new IOException("the output of a command cannot be read", e.getCause());
            } finally {
                ProcessDescriptor.close(end);
            }
        }

        private Copied copy(Path log, long most) throws IOException {
            try (Arena arena = Arena.ofConfined();
                    FileChannel file = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                Poll poll = new Poll(arena, pipe, end);
                MemorySegment buffer = arena.allocate(BUFFER_BYTES);
                long left = most;
                long dropped = 0;
                long inPipe = WITHOUT_END;
                // Waits before it reads: until somebody has opened the other end, a read finds an end at once.
                // What was in the pipe at the end is read; one more read tells whether somebody still holds it.
                while (inPipe >= 0 && poll.awaitFirst()) {
                    if (hasEnded && inPipe == WITHOUT_END) {
                        inPipe = waiting(poll.state(), arena);
                    }
                    int count = read(poll.state(), buffer);
                    if (count == 0) {
                        return new Copied(dropped, true);
                    }
                    if (count > 0) {
                        int wanted = (int) Math.min(left, count);
                        int written = write(file, buffer.asSlice(0, wanted).asByteBuffer(), log);
                        left = written < wanted ? 0 : left - written;
                        dropped += count - written;
                    }
                    // Nothing to read is a step as well: somebody else read it.
                    inPipe -= inPipe == WITHOUT_END ? 0 : Math.max(1, count);
                }
                return new Copied(dropped, false);
            }
        }
    }

    /** Returns the number of bytes read, 0 at the end, or -1 if there is nothing to read now. */
    private int read(MemorySegment state, MemorySegment buffer) throws IOException {
        try {
            while (true) {
                long count = (long) READ.invokeExact(state, pipe, buffer, buffer.byteSize());
                int errno = errno(state);
                if (count >= 0 || errno == EAGAIN) {
                    return (int) count;
                }
                if (errno != EINTR) {
                    checked(count, errno, "read");
                }
            }
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /** Returns how many bytes are in the pipe. */
    private long waiting(MemorySegment state, Arena arena) throws IOException {
        MemorySegment bytes = arena.allocate(JAVA_INT);
        try {
            int done = (int) IOCTL.invokeExact(state, pipe, FIONREAD, bytes);
            checked(done, errno(state), "ioctl");
            return bytes.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /** Returns how much of it the log took; a command does not fail for want of room for its output. */
    private static int write(FileChannel file, ByteBuffer bytes, Path log) {
        int all = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            LOG.warnf(e, "the output of a command cannot be written to its log any further log=%s", log);
        }
        return all - bytes.remaining();
    }

    private static int eventDescriptor() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int made = (int) EVENTFD.invokeExact(state, 0, O_NONBLOCK | O_CLOEXEC);
            return (int) checked(made, errno(state), "eventfd");
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    private static void signal(int event) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long written =
                    (long) WRITE.invokeExact(state, event, arena.allocateFrom(JAVA_LONG, 1), JAVA_LONG.byteSize());
            checked(written, errno(state), "write");
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** Call this when no copy is under way. */
    @Override
    public void close() {
        ProcessDescriptor.close(pipe);
    }
}
