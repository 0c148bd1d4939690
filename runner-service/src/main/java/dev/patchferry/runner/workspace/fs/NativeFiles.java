package dev.patchferry.runner.workspace.fs;

import static dev.patchferry.runner.workspace.fs.NativeCall.STATE;
import static dev.patchferry.runner.workspace.fs.NativeCall.check;
import static dev.patchferry.runner.workspace.fs.NativeCall.find;
import static dev.patchferry.runner.workspace.fs.NativeCall.rethrow;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The Linux calls on paths of the runner's own that the JDK does not offer: {@code mknod}, {@code syncfs}. Failures are
 * {@link IOException}s that name the call and the error.
 */
public final class NativeFiles {
    private static final int S_IFCHR = 0x2000;
    private static final int S_IFIFO = 0x1000;
    private static final int OWNER_ONLY = 0x180;

    private static final MethodHandle MKNOD =
            find("mknod", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG));
    private static final MethodHandle SYNCFS = find("syncfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private NativeFiles() {}

    /** A component of the path is a symbolic link or leads out of its root. */
    public static final class LeavesTheRoot extends FileSystemException {
        private static final long serialVersionUID = 1;

        LeavesTheRoot(String path) {
            super(path, null, "passes through a symbolic link or out of the workspace");
        }
    }

    /** Makes the mark by which overlayfs hides a lower file: a character device 0/0. */
    public static void makeWhiteout(Path path) throws IOException {
        makeNode(path, S_IFCHR);
    }

    /** Makes a named pipe that only this user can open. */
    public static void makeFifo(Path path) throws IOException {
        makeNode(path, S_IFIFO | OWNER_ONLY);
    }

    /** Puts everything written so far to the file system of this folder on disk. */
    public static void syncFileSystem(Path directory) throws IOException {
        sync(Descriptors.openTrusted(directory, Descriptors.O_DIRECTORY), directory);
    }

    /**
     * The same of the very folder that is held.
     *
     * @param directory where it was
     */
    public static void syncFileSystem(DirectoryHandle held, Path directory) throws IOException {
        sync(Descriptors.reopen(held.descriptor(), Descriptors.O_DIRECTORY, directory.toString()), directory);
    }

    private static void sync(int descriptor, Path directory) throws IOException {
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
            Descriptors.close(descriptor);
        }
    }

    private static void makeNode(Path path, int mode) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check(
                    (int) MKNOD.invokeExact(state, Descriptors.text(arena, Descriptors.bytes(path)), mode, 0L),
                    state,
                    "mknod",
                    path.toString());
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }
}
