package dev.patchferry.runner.queue;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder on a file system that is soon full. Only root can make one; for the tests that run as somebody else, root has
 * made one before ({@code launcher/unprivileged/bin/java}).
 *
 * @param mounted whether it was made here
 */
record SmallDisk(Path path, boolean mounted) implements AutoCloseable {
    private static final String MADE_BEFORE = "FERRY_TEST_SMALL_DISK";

    /**
     * Makes one; without it a test is skipped.
     *
     * @param folder where it may be made
     */
    static SmallDisk in(Path folder) throws IOException {
        String madeBefore = System.getenv(MADE_BEFORE);
        if (madeBefore != null) {
            return new SmallDisk(Files.createTempDirectory(Path.of(madeBefore), "disk"), false);
        }
        assumeTrue(Owner.ofThisProcess().isRoot(), "only root can make a file system that is soon full");
        Path path = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "none", path.toString()), "nothing can be mounted here");
        return new SmallDisk(path, true);
    }

    private static boolean run(String... command) throws IOException {
        try {
            return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (mounted) {
            run("umount", path.toString());
        } else {
            Trees.delete(path);
        }
    }
}
