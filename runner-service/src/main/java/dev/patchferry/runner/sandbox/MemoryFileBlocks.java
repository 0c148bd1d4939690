package dev.patchferry.runner.sandbox;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file in memory, and how much of it is there: its length says nothing, for it may be sparse.
 *
 * @param id which file it is
 * @param bytes of the blocks that it has
 * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
 */
record MemoryFileBlocks(Id id, long bytes) {
    /**
     * Which file, as the kernel tells it in a process' list of mappings, too.
     *
     * @param major of the file system's device
     * @param minor of the same
     */
    record Id(int major, int minor, long inode) {}

    private static final int AT_FDCWD = -100;
    private static final int STATX_INO_AND_BLOCKS = 0x100 | 0x400;
    private static final long BYTES = 256;
    private static final long INODE = 32;
    private static final long BLOCKS = 48;
    private static final long MAJOR = 136;
    private static final long MINOR = 140;
    private static final int BLOCK = 512;

    private static final MethodHandle STATX =
            find("statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));

    /** Of the file that a link of {@code /proc/PID/fd} leads to; empty if it is closed meanwhile. */
    static Optional<MemoryFileBlocks> of(Path link) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(BYTES, Long.BYTES);
            int result = (int)
                    STATX.invokeExact(AT_FDCWD, arena.allocateFrom(link.toString()), 0, STATX_INO_AND_BLOCKS, found);
            return result != 0
                    ? Optional.empty()
                    : Optional.of(new MemoryFileBlocks(
                            new Id(found.get(JAVA_INT, MAJOR), found.get(JAVA_INT, MINOR), found.get(JAVA_LONG, INODE)),
                            found.get(JAVA_LONG, BLOCKS) * BLOCK));
        } catch (Throwable e) {
            throw new IllegalStateException("statx cannot be called", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle find(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
}
