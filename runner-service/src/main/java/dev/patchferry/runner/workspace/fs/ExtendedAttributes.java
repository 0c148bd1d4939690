package dev.patchferry.runner.workspace.fs;

import static dev.patchferry.runner.workspace.fs.NativeCall.STATE;
import static dev.patchferry.runner.workspace.fs.NativeCall.check;
import static dev.patchferry.runner.workspace.fs.NativeCall.find;
import static dev.patchferry.runner.workspace.fs.NativeCall.rethrow;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The extended attributes of the file or folder that a descriptor holds, under their full names ({@code user.…},
 * {@code system.…}).
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/xattr.7.html">xattr(7)</a>
 */
final class ExtendedAttributes {
    /** As much as the kernel takes, of one value and of all names. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final int USUAL_BYTES = 1024;

    private static final MethodHandle LISTXATTR =
            find("listxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle GETXATTR =
            find("getxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    private static final MethodHandle SETXATTR =
            find("setxattr", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle REMOVEXATTR =
            find("removexattr", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

    private ExtendedAttributes() {}

    /** The names of all; none where the file system has no such thing. */
    static List<String> names(int descriptor, String shown) throws IOException {
        return names(descriptor, USUAL_BYTES, shown);
    }

    private static List<String> names(int descriptor, int room, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment path = arena.allocateFrom(Descriptors.path(descriptor));
            MemorySegment names = arena.allocate(room);
            long size = (long) LISTXATTR.invokeExact(state, path, names, names.byteSize());
            if (size < 0 && NativeCall.errno(state) == NativeCall.ENOTSUP) {
                return List.of();
            }
            if (size < 0 && NativeCall.errno(state) == NativeCall.ERANGE && room < MAX_BYTES) {
                return names(descriptor, MAX_BYTES, shown);
            }
            check(size, state, "listxattr", shown);
            String all = new String(names.asSlice(0, size).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
            return all.isEmpty() ? List.of() : List.of(all.split("\0"));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** A value; empty if there is none. */
    static Optional<byte[]> get(int descriptor, String name, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment path = arena.allocateFrom(Descriptors.path(descriptor));
            MemorySegment value = arena.allocate(MAX_BYTES);
            long size = (long) GETXATTR.invokeExact(state, path, arena.allocateFrom(name), value, value.byteSize());
            if (size < 0 && isMissing(NativeCall.errno(state))) {
                return Optional.empty();
            }
            check(size, state, "getxattr", shown);
            return Optional.of(value.asSlice(0, size).toArray(JAVA_BYTE));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Sets one; false where the file system has no such thing. */
    static boolean set(int descriptor, String name, byte[] value, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment path = arena.allocateFrom(Descriptors.path(descriptor));
            MemorySegment bytes = Descriptors.text(arena, value);
            int result =
                    (int) SETXATTR.invokeExact(state, path, arena.allocateFrom(name), bytes, (long) value.length, 0);
            if (result < 0 && NativeCall.errno(state) == NativeCall.ENOTSUP) {
                return false;
            }
            check(result, state, "setxattr", shown);
            return true;
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Removes one that may be missing. */
    static void remove(int descriptor, String name, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment path = arena.allocateFrom(Descriptors.path(descriptor));
            int result = (int) REMOVEXATTR.invokeExact(state, path, arena.allocateFrom(name));
            if (result < 0 && isMissing(NativeCall.errno(state))) {
                return;
            }
            check(result, state, "removexattr", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static boolean isMissing(int errno) {
        return errno == NativeCall.ENODATA || errno == NativeCall.ENOTSUP;
    }
}
