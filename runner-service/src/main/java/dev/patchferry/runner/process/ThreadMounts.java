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
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Mounts of the calling thread alone, and of the processes that it starts. They need the right to mount, which is root's, and
 * a mount namespace of the thread's own, which lasts until the thread and those processes have ended: never a pooled thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/mount_namespaces.7.html">mount_namespaces(7)</a>
 */
public final class ThreadMounts {
    private static final int CLONE_NEWNS = 0x2_0000;
    private static final long MS_RDONLY = 1;
    private static final long MS_NOSUID = 2;
    private static final long MS_NODEV = 4;
    private static final long MS_REMOUNT = 32;
    private static final long MS_BIND = 4_096;
    private static final long MS_REC = 16_384;
    private static final long MS_SLAVE = 1 << 19;
    private static final long MS_SHARED = 1 << 20;
    private static final int MNT_DETACH = 2;
    private static final int EBUSY = 16;

    private static final MethodHandle UNSHARE = find("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle MOUNT =
            find("mount", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle UMOUNT2 = find("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private ThreadMounts() {}

    /**
     * Gives the thread a mount namespace of its own. What the machine mounts and unmounts from now on shows there, and nothing
     * of the reverse.
     *
     * @throws IllegalStateException on a virtual thread
     */
    public static void enterNamespace() throws IOException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread would take along whichever thread carries it");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int done = (int) UNSHARE.invokeExact(state, CLONE_NEWNS);
            checked(done, errno(state), "unshare(CLONE_NEWNS)");
        } catch (Throwable e) {
            throw rethrown(e);
        }
        mount("none", Path.of("/"), "", MS_REC | MS_SLAVE, "");
    }

    /** Makes a folder a mount; what is mounted below it later is mounted in every namespace that is made from this one. */
    public static void share(Path folder) throws IOException {
        mount(folder.toString(), folder, "", MS_BIND, "");
        mount("none", folder, "", MS_SHARED, "");
    }

    /** Makes what lies in a folder read-only; what is mounted below it stays as it is. */
    public static void protect(Path folder) throws IOException {
        mount(folder.toString(), folder, "", MS_BIND | MS_REC, "");
        mount("none", folder, "", MS_REMOUNT | MS_BIND | MS_RDONLY, "");
    }

    /**
     * Mounts an overlay, without devices and rights to gain.
     *
     * @param options as the kernel's documentation of overlayfs has them
     */
    public static void overlay(Path where, String options) throws IOException {
        mount("overlay", where, "overlay", MS_NOSUID | MS_NODEV, options);
    }

    /**
     * Makes a file system read-only, wherever it is mounted.
     *
     * @return false if that cannot be now: a file of it is open for writing
     */
    public static boolean makeReadOnly(Path where) throws IOException {
        int errno = call("none", where, "", MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, "");
        if (errno == EBUSY) {
            return false;
        }
        checked(errno == 0 ? 0 : -1, errno, "mount(MS_REMOUNT)");
        return true;
    }

    /** Takes a mount away at once; the file system lives on for who still holds something of it. */
    public static void detach(Path where) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int done = (int) UMOUNT2.invokeExact(state, arena.allocateFrom(where.toString()), MNT_DETACH);
            checked(done, errno(state), "umount2");
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    private static void mount(String source, Path where, String type, long flags, String options) throws IOException {
        int errno = call(source, where, type, flags, options);
        checked(errno == 0 ? 0 : -1, errno, "mount");
    }

    /** Returns 0 or the error. */
    private static int call(String source, Path where, String type, long flags, String options) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int done = (int) MOUNT.invokeExact(
                    state,
                    arena.allocateFrom(source),
                    arena.allocateFrom(where.toString()),
                    arena.allocateFrom(type),
                    flags,
                    arena.allocateFrom(options));
            return done == 0 ? 0 : errno(state);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }
}
