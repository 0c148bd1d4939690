package dev.patchferry.runner.workspace;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * The Linux calls that the JDK does not offer: {@code openat2}, {@code renameat2}, {@code mknod}, {@code syncfs}.
 * Failures are {@link IOException}s that name the call and the error.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">renameat2(2)</a>
 */
public final class NativeFiles {
    private static final int AT_FDCWD = -100;
    private static final int O_PATH = 0x20_0000;
    private static final int O_DIRECTORY = 0x1_0000;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final long SYS_OPENAT2 = 437;
    private static final int RENAME_NOREPLACE = 1;
    private static final int RENAME_EXCHANGE = 2;
    private static final int S_IFCHR = 0x2000;
    private static final int S_IFIFO = 0x1000;
    private static final int OWNER_ONLY = 0x180;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int EXDEV = 18;
    private static final int ENOTDIR = 20;
    private static final int ENOSPC = 28;
    private static final int ELOOP = 40;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle RENAMEAT2 =
            find("renameat2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle MKNOD =
            find("mknod", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG));
    private static final MethodHandle SYNCFS = find("syncfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle OPEN =
            find("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SYSCALL = find(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    private NativeFiles() {}

    /** A component of the path is a symbolic link or leads out of its root. */
    static final class LeavesTheRoot extends FileSystemException {
        private static final long serialVersionUID = 1;

        LeavesTheRoot(String path) {
            super(path, null, "passes through a symbolic link or out of the workspace");
        }
    }

    /** Swaps two existing paths in one step. */
    static void exchange(Path one, Path other) throws IOException {
        rename(one, other, RENAME_EXCHANGE);
    }

    /** Renames to a name that must not exist. */
    static void moveToFreeName(Path from, Path to) throws IOException {
        rename(from, to, RENAME_NOREPLACE);
    }

    /** Makes the mark by which overlayfs hides a lower file: a character device 0/0. */
    static void makeWhiteout(Path path) throws IOException {
        makeNode(path, S_IFCHR);
    }

    /** Makes a named pipe that only this user can open. */
    public static void makeFifo(Path path) throws IOException {
        makeNode(path, S_IFIFO | OWNER_ONLY);
    }

    /** Puts everything written so far to the file system of this folder on disk. */
    static void syncFileSystem(Path directory) throws IOException {
        int descriptor = open(directory);
        FileSystemSync event = new FileSystemSync();
        event.path = directory.toString();
        event.begin();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check((int) SYNCFS.invokeExact(state, descriptor), state, "syncfs", directory.toString());
            event.commit();
        } catch (Throwable e) {
            throw rethrow(e);
        } finally {
            close(descriptor);
        }
    }

    /** Opens a folder that is trusted as given, for resolving beneath it. */
    static int open(Path directory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int flags = O_DIRECTORY | O_CLOEXEC;
            return check(
                    (int) OPEN.invokeExact(state, arena.allocateFrom(directory.toString()), flags),
                    state,
                    "open",
                    directory.toString());
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /**
     * Opens a folder below another one without following any link.
     *
     * @throws LeavesTheRoot if the path holds a link or leads out
     * @throws NoSuchFileException if there is none
     * @throws NotDirectoryException if a component is something else
     */
    static int openBeneath(int root, String relative) throws IOException {
        return openBeneath(root, relative.getBytes(StandardCharsets.UTF_8), relative);
    }

    /**
     * The same of a path in the file system's own bytes.
     *
     * @param shown for messages
     */
    static int openBeneath(int root, byte[] relative, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment how = arena.allocate(MemoryLayout.sequenceLayout(3, ValueLayout.JAVA_LONG));
            how.setAtIndex(JAVA_LONG, 0, O_PATH | O_DIRECTORY | O_CLOEXEC);
            how.setAtIndex(JAVA_LONG, 1, 0);
            how.setAtIndex(JAVA_LONG, 2, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
            long descriptor = (long)
                    SYSCALL.invokeExact(state, SYS_OPENAT2, root, terminated(arena, relative), how, how.byteSize());
            int errno = (int) ERRNO.get(state, 0L);
            if (descriptor < 0 && (errno == ELOOP || errno == EXDEV)) {
                throw new LeavesTheRoot(shown);
            }
            return check((int) descriptor, state, "openat2", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static MemorySegment terminated(Arena arena, byte[] text) {
        MemorySegment copy = arena.allocate(text.length + 1L);
        MemorySegment.copy(text, 0, copy, ValueLayout.JAVA_BYTE, 0, text.length);
        return copy;
    }

    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("close cannot throw", e);
        }
    }

    private static void rename(Path from, Path to, int flags) throws IOException {
        FileRename event = new FileRename();
        event.to = to.toString();
        event.begin();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) RENAMEAT2.invokeExact(
                    state,
                    AT_FDCWD,
                    arena.allocateFrom(from.toString()),
                    AT_FDCWD,
                    arena.allocateFrom(to.toString()),
                    flags);
            check(result, state, "renameat2", to.toString());
            event.commit();
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static void makeNode(Path path, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check(
                    (int) MKNOD.invokeExact(state, arena.allocateFrom(path.toString()), mode, 0L),
                    state,
                    "mknod",
                    path.toString());
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static int check(int result, MemorySegment state, String call, String path) throws IOException {
        if (result >= 0) {
            return result;
        }
        int errno = (int) ERRNO.get(state, 0L);
        throw switch (errno) {
            case ENOENT -> new NoSuchFileException(path);
            case EEXIST -> new FileAlreadyExistsException(path);
            case ENOTDIR -> new NotDirectoryException(path);
            case EPERM, EACCES -> new AccessDeniedException(path);
            case ENOSPC -> new FileSystemException(path, null, "no space left on the device");
            default -> new FileSystemException(path, null, call + " failed with errno " + errno);
        };
    }

    private static IOException rethrow(Throwable e) {
        return switch (e) {
            case IOException io -> io;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException(e);
        };
    }

    @SuppressWarnings("restricted")
    private static MethodHandle find(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
    }
}
