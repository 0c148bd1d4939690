package dev.patchferry.runner.workspace.fs;

import static dev.patchferry.runner.workspace.fs.Descriptors.text;
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

/**
 * The calls that change the entries of a folder that is held open: each takes the folder's descriptor and one name, and
 * none follows a link. For {@link DirectoryHandle} alone.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">renameat2(2)</a>
 */
final class FolderEntries {
    static final int RENAME_REPLACE = 0;
    static final int RENAME_NOREPLACE = 1;
    static final int RENAME_EXCHANGE = 2;

    private static final int AT_REMOVEDIR = 0x200;

    private static final MethodHandle UNLINKAT =
            find("unlinkat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle MKDIRAT =
            find("mkdirat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle MKNODAT =
            find("mknodat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG));
    private static final MethodHandle SYMLINKAT =
            find("symlinkat", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle RENAMEAT2 =
            find("renameat2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));

    private FolderEntries() {}

    static void unlink(int folder, EntryName name, boolean directory, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int flags = directory ? AT_REMOVEDIR : 0;
            check((int) UNLINKAT.invokeExact(state, folder, text(arena, name), flags), state, "unlinkat", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void makeFolder(int folder, EntryName name, int mode, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check((int) MKDIRAT.invokeExact(state, folder, text(arena, name), mode), state, "mkdirat", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Makes a socket, pipe or device, which nobody may use yet. */
    static void makeNode(int folder, EntryName name, FileStat.Node node, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) MKNODAT.invokeExact(state, folder, text(arena, name), node.format(), node.device());
            check(result, state, "mknodat", shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void makeLink(int folder, EntryName name, byte[] target, String shown) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check(
                    (int) SYMLINKAT.invokeExact(state, text(arena, target), folder, text(arena, name)),
                    state,
                    "symlinkat",
                    shown);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    static void rename(int from, EntryName name, int to, EntryName newName, int flags, String shown)
            throws IOException {
        FileRename event = new FileRename();
        event.to = shown;
        event.begin();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) RENAMEAT2.invokeExact(state, from, text(arena, name), to, text(arena, newName), flags);
            check(result, state, "renameat2", shown);
            if (flags != RENAME_REPLACE) {
                // what the engine writes into a layer needs no order
                event.commit();
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }
}
