package dev.patchferry.foundation.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** What statvfs(3) says and Java does not: how many more files a file system takes. */
final class FileSystemCounts {
    /** More than {@code struct statvfs} has anywhere; its first eight members are numbers of 64 bits. */
    private static final long SIZE = 256;

    private static final int TOTAL_FILES = 5;
    private static final int AVAILABLE_FILES = 7;

    private static final MethodHandle STATVFS = statvfs();

    private FileSystemCounts() {}

    /** How many files this process may still make around a path; {@link Long#MAX_VALUE} if they are not counted there. */
    static long freeFiles(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(SIZE, Long.BYTES);
            int result = call(arena.allocateFrom(path.toString()), answer);
            if (result != 0) {
                throw new IOException("statvfs failed for " + path);
            }
            boolean counted = answer.getAtIndex(ValueLayout.JAVA_LONG, TOTAL_FILES) != 0;
            return counted ? answer.getAtIndex(ValueLayout.JAVA_LONG, AVAILABLE_FILES) : Long.MAX_VALUE;
        }
    }

    private static int call(MemorySegment path, MemorySegment answer) {
        try {
            return (int) STATVFS.invokeExact(path, answer);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle statvfs() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("statvfs"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    }
}
