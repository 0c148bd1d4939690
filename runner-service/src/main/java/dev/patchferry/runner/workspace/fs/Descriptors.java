package dev.patchferry.runner.workspace.fs;

import static dev.patchferry.runner.workspace.fs.NativeCall.STATE;
import static dev.patchferry.runner.workspace.fs.NativeCall.check;
import static dev.patchferry.runner.workspace.fs.NativeCall.find;
import static dev.patchferry.runner.workspace.fs.NativeCall.rethrow;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that open and read files by descriptor. For {@link DirectoryHandle} and {@link EntryHandle} alone.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</a>
 */
public final class Descriptors {
    static final int O_WRONLY = 0x1;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x8_0000;
    static final int O_PATH = 0x20_0000;
    /** These two have other numbers on ARM. */
    public static final int O_DIRECTORY = isArm() ? 0x4000 : 0x1_0000;

    public static final int O_NOFOLLOW = isArm() ? 0x8000 : 0x2_0000;

    /** Not across a mount. */
    static final long RESOLVE_NO_XDEV = 0x01;

    static final long RESOLVE_NO_SYMLINKS = 0x04;
    static final long RESOLVE_BENEATH = 0x08;

    private static final long SYS_OPENAT2 = 437;
    private static final int LIST_BUFFER = 32 * 1024;
    private static final int ENTRY_LENGTH = 16;
    private static final int ENTRY_NAME = 19;

    private static final MethodHandle OPEN =
            find("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SYSCALL = find(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle GETDENTS64 =
            find("getdents64", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle READLINKAT =
            find("readlinkat", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));

    private Descriptors() {}

    private static boolean isArm() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }

    /** Opens a path that is trusted as given. */
    public static int openTrusted(Path path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment name = text(arena, bytes(path));
            return check((int) OPEN.invokeExact(state, name, flags | O_CLOEXEC), state, "open", path.toString());
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /**
     * Opens what is below a folder.
     *
     * @param relative one name or several
     * @param mode permissions of what is created
     * @param shown how errors name it
     * @throws NativeFiles.LeavesTheRoot if it holds a link or leads out
     */
    static int openBelow(int folder, byte[] relative, int flags, int mode, long resolve, String shown)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment how = arena.allocate(JAVA_LONG, 3);
            how.setAtIndex(JAVA_LONG, 0, flags | O_CLOEXEC);
            how.setAtIndex(JAVA_LONG, 1, mode);
            how.setAtIndex(JAVA_LONG, 2, resolve);
            long descriptor =
                    (long) SYSCALL.invokeExact(state, SYS_OPENAT2, folder, text(arena, relative), how, how.byteSize());
            int errno = NativeCall.errno(state);
            if (descriptor < 0 && (errno == NativeCall.ELOOP || errno == NativeCall.EXDEV)) {
                throw new NativeFiles.LeavesTheRoot(shown);
            }
            return (int) check(descriptor, state, "openat2", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Opens the very file that a descriptor holds for reading. */
    static int reopen(int descriptor, int flags, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment path = arena.allocateFrom(path(descriptor));
            return check((int) OPEN.invokeExact(state, path, flags | O_CLOEXEC), state, "open", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** A path to the very file that a descriptor holds, for calls that take no descriptor. */
    public static String path(int descriptor) {
        return "/proc/self/fd/" + descriptor;
    }

    static byte[] bytes(Path path) {
        return RawName.of(path);
    }

    public static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("close cannot throw", e);
        }
    }

    /** Reads into a buffer; 0 at the end. */
    static int read(int descriptor, MemorySegment buffer, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return (int)
                    check((long) READ.invokeExact(state, descriptor, buffer, buffer.byteSize()), state, "read", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** The names in a folder that is open for reading, in no order. */
    static List<EntryName> list(int descriptor, String shown) throws IOException {
        List<EntryName> names = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment buffer = arena.allocate(LIST_BUFFER, Long.BYTES);
            while (true) {
                long size = check(
                        (long) GETDENTS64.invokeExact(state, descriptor, buffer, buffer.byteSize()),
                        state,
                        "getdents64",
                        shown);
                if (size == 0) {
                    return names;
                }
                for (long at = 0;
                        at < size;
                        at += Short.toUnsignedInt(buffer.get(JAVA_SHORT_UNALIGNED, at + ENTRY_LENGTH))) {
                    byte[] name = cString(buffer, at + ENTRY_NAME);
                    if (!isSelfOrParent(name)) {
                        names.add(EntryName.of(name));
                    }
                }
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** The target of the link that this descriptor holds. */
    static byte[] readLink(int link, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment target = arena.allocate(4096);
            long length = check(
                    (long) READLINKAT.invokeExact(state, link, text(arena, new byte[0]), target, target.byteSize()),
                    state,
                    "readlinkat",
                    shown);
            return target.asSlice(0, length).toArray(JAVA_BYTE);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static MemorySegment text(Arena arena, EntryName name) {
        return text(arena, name.bytes());
    }

    static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text;
    }

    private static byte[] cString(MemorySegment memory, long start) {
        long end = start;
        while (memory.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        return memory.asSlice(start, end - start).toArray(JAVA_BYTE);
    }

    private static boolean isSelfOrParent(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return text.equals(".") || text.equals("..");
    }
}
