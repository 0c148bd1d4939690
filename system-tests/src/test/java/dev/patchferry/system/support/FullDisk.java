package dev.patchferry.system.support;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lets a process write to no file until this is closed, as if its disk were full: the kernel refuses what would lie beyond
 * the largest size of a file (RLIMIT_FSIZE), which here is 0. Needs no privilege.
 */
public final class FullDisk implements AutoCloseable {
    private final ProcessHandle process;

    public FullDisk(ProcessHandle process) throws IOException {
        this.process = process;
        limit("0");
    }

    @Override
    public void close() throws IOException {
        limit("unlimited");
    }

    /** Of the soft limit alone, since only root may raise the hard one again. */
    private void limit(String bytes) throws IOException {
        Command.Result result = Command.of(
                        Environment.plain(),
                        Path.of("/"),
                        "prlimit",
                        "--pid",
                        Long.toString(process.pid()),
                        "--fsize=" + bytes + ":")
                .run();
        if (result.exitCode() != 0) {
            throw new IOException("prlimit: " + result.err());
        }
    }
}
