package dev.patchferry.runner.workspace.fs;

import static dev.patchferry.runner.workspace.fs.NativeCall.STATE;
import static dev.patchferry.runner.workspace.fs.NativeCall.check;
import static dev.patchferry.runner.workspace.fs.NativeCall.find;
import static dev.patchferry.runner.workspace.fs.NativeCall.rethrow;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * The calls that read and change what is known of a file besides its content, links not followed. What is changed is the
 * file that a descriptor holds, under whatever name it is by then.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
 */
final class FileAttributes {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_AND_BIRTH = 0xFFF;
    private static final int STATX_BIRTH = 0x800;
    private static final long STATX_SIZE = 256;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final int MAX_HANDLE_BYTES = 128;

    private static final MethodHandle STATX =
            find("statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle CHMOD = find("chmod", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle FCHOWNAT =
            find("fchownat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle UTIMENSAT =
            find("utimensat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle NAME_TO_HANDLE_AT =
            find("name_to_handle_at", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));

    private FileAttributes() {}

    /** What stands at a path whose folders are trusted. */
    static FileStat at(Path path) throws IOException {
        return stat(AT_FDCWD, Descriptors.bytes(path), AT_SYMLINK_NOFOLLOW, path.toString());
    }

    /** What stands under a name in this folder. */
    static FileStat at(int folder, EntryName name, String shown) throws IOException {
        return stat(folder, name.bytes(), AT_SYMLINK_NOFOLLOW, shown);
    }

    /** What this descriptor holds. */
    static FileStat of(int descriptor, String shown) throws IOException {
        return stat(descriptor, new byte[0], AT_EMPTY_PATH, shown);
    }

    private static FileStat stat(int folder, byte[] name, int flags, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment status = arena.allocate(STATX_SIZE, Long.BYTES);
            int result = (int) STATX.invokeExact(
                    state, folder, Descriptors.text(arena, name), flags, STATX_BASIC_AND_BIRTH, status);
            if (result < 0 && NativeCall.isNothingThere(NativeCall.errno(state))) {
                return FileStat.ABSENT;
            }
            check(result, state, "statx", shown);
            return kind(status);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static FileStat kind(MemorySegment status) {
        int mode = Short.toUnsignedInt(status.get(JAVA_SHORT, 28));
        long special = device(status.get(JAVA_INT, 128), status.get(JAVA_INT, 132));
        boolean born = (status.get(JAVA_INT, 0) & STATX_BIRTH) != 0;
        return new FileStat(
                FileStat.type(mode, special),
                mode & FileStat.PERMISSION_BITS,
                new Owner(status.get(JAVA_INT, 20), status.get(JAVA_INT, 24)),
                device(status.get(JAVA_INT, 136), status.get(JAVA_INT, 140)),
                status.get(JAVA_LONG, 32),
                born ? Optional.of(time(status, 80)) : Optional.empty(),
                time(status, 96),
                time(status, 112),
                status.get(JAVA_LONG, 40),
                status.get(JAVA_LONG, 48) * 512,
                status.get(JAVA_INT, 4),
                new FileStat.Node(mode & FileStat.TYPE_BITS, special));
    }

    /** As makedev(3) has it. */
    static long device(int major, int minor) {
        return ((major & 0xFFFF_F000L) << 32)
                | ((major & 0xFFFL) << 8)
                | ((minor & 0xFFFF_FF00L) << 12)
                | (minor & 0xFFL);
    }

    private static FileTime time(MemorySegment status, long at) {
        return FileTime.from(Instant.ofEpochSecond(status.get(JAVA_LONG, at), status.get(JAVA_INT, at + 8)));
    }

    /** Permissions of a file or folder; refused for a link. fchmod(2) refuses what is open for no use but this. */
    static void setMode(int descriptor, int mode, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment path = arena.allocateFrom(Descriptors.path(descriptor));
            check((int) CHMOD.invokeExact(state, path, mode), state, "chmod", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void setOwner(int descriptor, Owner owner, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment empty = arena.allocateFrom("");
            check(
                    (int) FCHOWNAT.invokeExact(state, descriptor, empty, owner.uid(), owner.gid(), AT_EMPTY_PATH),
                    state,
                    "fchownat",
                    shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void setModified(int descriptor, FileTime time, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment times = arena.allocate(JAVA_LONG, 4);
            times.setAtIndex(JAVA_LONG, 1, UTIME_OMIT);
            Instant modified = time.toInstant();
            times.setAtIndex(JAVA_LONG, 2, modified.getEpochSecond());
            times.setAtIndex(JAVA_LONG, 3, modified.getNano());
            MemorySegment empty = arena.allocateFrom("");
            check(
                    (int) UTIMENSAT.invokeExact(state, descriptor, empty, times, AT_EMPTY_PATH),
                    state,
                    "utimensat",
                    shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /**
     * The file handle by which the file system knows a file for as long as it exists: its type and then its bytes.
     *
     * @return empty where the file system has none
     * @see <a href="https://man7.org/linux/man-pages/man2/open_by_handle_at.2.html">name_to_handle_at(2)</a>
     */
    static Optional<byte[]> handle(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment handle = arena.allocate(2 * Integer.BYTES + MAX_HANDLE_BYTES, Integer.BYTES);
            handle.set(JAVA_INT, 0, MAX_HANDLE_BYTES);
            int result = (int) NAME_TO_HANDLE_AT.invokeExact(
                    state, descriptor, arena.allocateFrom(""), handle, arena.allocate(JAVA_INT), AT_EMPTY_PATH);
            if (result < 0) {
                return Optional.empty();
            }
            byte[] bytes = new byte[1 + handle.get(JAVA_INT, 0)];
            bytes[0] = (byte) handle.get(JAVA_INT, Integer.BYTES);
            MemorySegment.copy(handle, JAVA_BYTE, 2 * Integer.BYTES, bytes, 1, bytes.length - 1);
            return Optional.of(bytes);
        } catch (Throwable e) {
            throw new IllegalStateException("name_to_handle_at cannot throw", e);
        }
    }
}
