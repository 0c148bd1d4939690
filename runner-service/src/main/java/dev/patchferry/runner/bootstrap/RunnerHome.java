package dev.patchferry.runner.bootstrap;

import dev.patchferry.foundation.files.PrivateFolder;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * The folders of the runner below {@code FERRY_HOME}; made on start, readable by nobody else, used by one runner.
 *
 * @param root {@code FERRY_HOME/runner}, links resolved
 */
record RunnerHome(Path root, HomeLock lock) implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunnerHome.class);

    /**
     * The one in this {@code FERRY_HOME}, whose folders are made, or taken from others.
     *
     * @throws IllegalStateException if the folder is another user's, or another runner uses it
     */
    static RunnerHome in(Path home) throws IOException {
        Path root = PrivateFolder.create(PrivateFolder.home(home).resolve("runner"));
        RunnerHome made = new RunnerHome(root, HomeLock.of(root));
        Trees.delete(made.scratch());
        made.dropSharedHomes();
        for (Path folder :
                new Path[] {made.transactions(), made.logs(), made.patches(), made.homes(), made.scratch()}) {
            PrivateFolder.tightenFiles(PrivateFolder.create(folder));
        }
        PrivateFolder.tightenFiles(root);
        return made;
    }

    /**
     * By what this home is told from every copy of it, also one that lies in its place: inode and time of change of its
     * lock file, which nobody ever writes. Copying and unpacking make a new one; moving within a file system does not.
     */
    String mark() throws IOException {
        Map<String, Object> lockFile = Files.readAttributes(root.resolve(HomeLock.FILE), "unix:ino,ctime");
        return lockFile.get("ino") + " " + lockFile.get("ctime");
    }

    @Override
    public void close() {
        lock.close();
    }

    /** Where other services of this machine keep their state, too. */
    Path ferryHome() {
        return Objects.requireNonNull(root.getParent());
    }

    Path journal() {
        return root.resolve("journal.db");
    }

    Path transactions() {
        return root.resolve("tx");
    }

    /** What commits replaced; on the file system of the transactions, which become it by a rename. */
    Path undo() {
        return root.resolve("undo");
    }

    /** The journal was restored or is new: what is kept may belong to patches that it does not know under these numbers. */
    void setUndoAside() throws IOException {
        if (Files.exists(undo())) {
            Files.move(undo(), root.resolve("undo-before-restore-" + System.currentTimeMillis()));
        }
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path patches() {
        return root.resolve("patches");
    }

    /** A folder for each workspace, with one for each principal. */
    Path homes() {
        return root.resolve("homes");
    }

    /** Where earlier versions kept one HOME for all principals of a workspace, with what dry runs had left. */
    private void dropSharedHomes() throws IOException {
        Path shared = root.resolve("home");
        if (Files.exists(shared)) {
            Trees.delete(shared);
            LOG.infof(
                    "HOME of commands is kept for each principal now; what an earlier version kept is discarded folder=%s",
                    shared);
        }
    }

    /** What is needed while a command runs; what a crash left here is gone after the next start. */
    Path scratch() {
        return root.resolve("scratch");
    }
}
