package dev.patchferry.runner.workspace;

import static dev.patchferry.runner.workspace.fs.NativeCall.STATE;
import static dev.patchferry.runner.workspace.fs.NativeCall.errno;
import static dev.patchferry.runner.workspace.fs.NativeCall.find;
import static dev.patchferry.runner.workspace.fs.NativeCall.rethrow;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.patchferry.runner.workspace.fs.Descriptors;
import dev.patchferry.runner.workspace.fs.FileStat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Held by the one runner that changes these workspaces. The lock is on the workspace's folder itself, so it is one and the
 * same for every user, home and container of this machine; nothing is written. The kernel lets go when the process ends. A
 * folder that comes, or comes back as another one, later is locked before anything runs in it. Safe for use by several threads.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/flock.2.html">flock(2)</a>
 */
public final class WorkspaceLocks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkspaceLocks.class);
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int EWOULDBLOCK = 11;

    private static final MethodHandle FLOCK = find("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private final Map<Path, Held> byRoot = new HashMap<>();

    /**
     * What was done about a folder.
     *
     * @param descriptor has the lock; empty where the file system knows no locks
     */
    private record Held(FileStat folder, Optional<Integer> descriptor) {}

    private WorkspaceLocks() {}

    /**
     * Takes the lock of each workspace. One that is not there, or cannot be read, is left out: no patch runs in it.
     *
     * @throws Taken if another runner has one of them; then none is held
     */
    public static WorkspaceLocks take(Collection<Workspace> workspaces) {
        WorkspaceLocks locks = new WorkspaceLocks();
        for (Workspace workspace : workspaces) {
            try {
                locks.takeUnlessHeld(workspace);
            } catch (Taken e) {
                locks.close();
                throw e;
            }
        }
        return locks;
    }

    /** Takes the lock of a workspace if its folder is another one than before; why no patch may run in it, if it is taken. */
    public Optional<String> unavailable(Workspace workspace) {
        try {
            takeUnlessHeld(workspace);
            return Optional.empty();
        } catch (Taken e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void takeUnlessHeld(Workspace workspace) {
        try {
            FileStat folder = FileStat.of(workspace.root());
            Held held = byRoot.get(workspace.root());
            if (folder.isDirectory() && (held == null || !held.folder().isSameInodeAs(folder))) {
                Held taken = take(workspace, folder);
                release(byRoot.put(workspace.root(), taken));
            }
        } catch (IOException e) {
            // what cannot be opened runs no patch, and is said so about
            LOG.warnf("workspace is not locked workspace=%s reason=%s", workspace.name(), e.getMessage());
        }
    }

    private static void release(@Nullable Held held) {
        if (held != null) {
            held.descriptor().ifPresent(Descriptors::close);
        }
    }

    /** Another runner has the lock of a workspace. */
    public static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Taken(Workspace workspace) {
            super("another runner works in the workspace " + workspace.name() + " (" + workspace.root()
                    + "); stop it, or give this runner another folder");
        }
    }

    private static Held take(Workspace workspace, FileStat folder) throws IOException {
        int descriptor = Descriptors.openTrusted(workspace.root(), Descriptors.O_DIRECTORY | Descriptors.O_NOFOLLOW);
        int errno = lock(descriptor);
        if (errno == 0) {
            return new Held(folder, Optional.of(descriptor));
        }
        Descriptors.close(descriptor);
        if (errno == EWOULDBLOCK) {
            throw new Taken(workspace);
        }
        LOG.warnf("workspace cannot be locked workspace=%s flock=%d", workspace.name(), errno);
        return new Held(folder, Optional.empty());
    }

    /** 0, or why not. */
    private static int lock(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) FLOCK.invokeExact(state, descriptor, LOCK_EX | LOCK_NB);
            return result < 0 ? errno(state) : 0;
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    @Override
    public synchronized void close() {
        byRoot.values().forEach(WorkspaceLocks::release);
        byRoot.clear();
    }
}
