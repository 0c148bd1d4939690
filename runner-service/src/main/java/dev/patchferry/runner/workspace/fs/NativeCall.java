package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** How the C library is called: finding its functions, and their errors as {@link IOException}s. */
public final class NativeCall {
    /** What each call is handed first; takes {@code errno}. */
    public static final StructLayout STATE = Linker.Option.captureStateLayout();

    static final int ERANGE = 34;
    static final int ELOOP = 40;
    static final int EXDEV = 18;
    static final int ENODATA = 61;
    static final int ENOTSUP = 95;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int ENOTDIR = 20;
    private static final int ENOSPC = 28;
    private static final int ENAMETOOLONG = 36;
    private static final int ENOTEMPTY = 39;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private NativeCall() {}

    @SuppressWarnings("restricted")
    public static MethodHandle find(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
    }

    /** Whether a path leads nowhere, so that what it names cannot exist. */
    static boolean isNothingThere(int errno) {
        return errno == ENOENT || errno == ENOTDIR;
    }

    public static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /**
     * The result of a call that reports an error with a negative number.
     *
     * @param path what the error is about
     */
    static int check(int result, MemorySegment state, String call, String path) throws IOException {
        if (result < 0) {
            throw error(errno(state), call, path);
        }
        return result;
    }

    static long check(long result, MemorySegment state, String call, String path) throws IOException {
        if (result < 0) {
            throw error(errno(state), call, path);
        }
        return result;
    }

    static FileSystemException error(int errno, String call, String path) {
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(path);
            case EEXIST -> new FileAlreadyExistsException(path);
            case ENOTDIR -> new NotDirectoryException(path);
            case ENOTEMPTY -> new DirectoryNotEmptyException(path);
            case EPERM, EACCES -> new AccessDeniedException(path);
            case ENOSPC -> new FileSystemException(path, null, "no space left on the device");
            case ENAMETOOLONG -> new FileSystemException(path, null, "has a name that is too long");
            default -> new FileSystemException(path, null, call + " failed with errno " + errno);
        };
    }

    public static IOException rethrow(Throwable e) {
        return switch (e) {
            case IOException io -> io;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException(e);
        };
    }
}
