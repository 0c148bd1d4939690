package dev.patchferry.runner.workspace;

import static dev.patchferry.runner.workspace.NativeCall.STATE;
import static dev.patchferry.runner.workspace.NativeCall.errno;
import static dev.patchferry.runner.workspace.NativeCall.find;
import static dev.patchferry.runner.workspace.NativeCall.rethrow;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Held by the one runner that changes these workspaces. The lock is on the workspace's folder itself, so it is one and the
 * same for every user, home and container of this machine; nothing is written. The kernel lets go when the process ends.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/flock.2.html">flock(2)</a>
 */
public final class WorkspaceLocks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkspaceLocks.class);
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int EWOULDBLOCK = 11;

    private static final MethodHandle FLOCK = find("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private final List<Integer> descriptors = new ArrayList<>();

    private WorkspaceLocks() {}

    /**
     * Takes the lock of each workspace. One that is not there, or cannot be read, is left out: no patch runs in it.
     *
     * @throws Taken if another runner has one of them; then none is held
     */
    public static WorkspaceLocks take(Collection<Workspace> workspaces) {
        WorkspaceLocks locks = new WorkspaceLocks();
        List<Path> roots = new ArrayList<>();
        for (Workspace workspace : workspaces) {
            if (roots.contains(workspace.root())) {
                continue;
            }
            roots.add(workspace.root());
            try {
                locks.take(workspace);
            } catch (FileSystemException e) {
                LOG.warnf("workspace is not locked workspace=%s reason=%s", workspace.name(), e.getMessage());
            } catch (IOException e) {
                LOG.warnf(e, "workspace is not locked workspace=%s", workspace.name());
            } catch (Taken e) {
                locks.close();
                throw e;
            }
        }
        return locks;
    }

    /** Another runner has the lock of a workspace. */
    public static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Taken(Workspace workspace) {
            super("another runner works in the workspace " + workspace.name() + " (" + workspace.root()
                    + "); stop it, or give this runner another folder");
        }
    }

    private void take(Workspace workspace) throws IOException {
        String path = workspace.root().toString();
        int descriptor = Descriptors.openTrusted(workspace.root(), Descriptors.O_DIRECTORY | Descriptors.O_NOFOLLOW);
        int errno = lock(descriptor);
        if (errno == 0) {
            descriptors.add(descriptor);
            return;
        }
        Descriptors.close(descriptor);
        if (errno == EWOULDBLOCK) {
            throw new Taken(workspace);
        }
        throw NativeCall.error(errno, "flock", path);
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
    public void close() {
        descriptors.forEach(Descriptors::close);
        descriptors.clear();
    }
}
