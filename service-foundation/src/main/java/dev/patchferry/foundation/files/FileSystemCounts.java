package dev.patchferry.foundation.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** What statvfs(3) says and Java does not: how many more files a file system takes, and how it is mounted. */
public final class FileSystemCounts {
    /** More than {@code struct statvfs} has anywhere; its first ten members are numbers of 64 bits. */
    private static final long SIZE = 256;

    private static final int TOTAL_FILES = 5;
    private static final int AVAILABLE_FILES = 7;
    private static final int FLAGS = 9;
    private static final long ST_NOEXEC = 8;

    private static final MethodHandle STATVFS = statvfs();

    private FileSystemCounts() {}

    /** How many files this process may still make around a path; {@link Long#MAX_VALUE} if they are not counted there. */
    static long freeFiles(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = ask(path, arena);
            boolean counted = answer.getAtIndex(ValueLayout.JAVA_LONG, TOTAL_FILES) != 0;
            return counted ? answer.getAtIndex(ValueLayout.JAVA_LONG, AVAILABLE_FILES) : Long.MAX_VALUE;
        }
    }

    /** Whether nothing on the file system of a path may be executed or loaded as a library (mount option {@code noexec}). */
    public static boolean isNoExec(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return (ask(path, arena).getAtIndex(ValueLayout.JAVA_LONG, FLAGS) & ST_NOEXEC) != 0;
        }
    }

    private static MemorySegment ask(Path path, Arena arena) throws IOException {
        MemorySegment answer = arena.allocate(SIZE, Long.BYTES);
        int result = call(arena.allocateFrom(path.toString()), answer);
        if (result != 0) {
            throw new IOException("statvfs failed for " + path);
        }
        return answer;
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
