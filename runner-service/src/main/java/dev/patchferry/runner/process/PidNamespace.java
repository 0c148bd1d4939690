package dev.patchferry.runner.process;

import dev.patchferry.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The process namespace that confines a command, held by its first process. When that one ends, the kernel ends every
 * other process of the namespace before it tells anybody.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pid_namespaces.7.html">pid_namespaces(7)</a>
 */
final class PidNamespace implements AutoCloseable {
    private final ProcessDescriptor first;

    private PidNamespace(ProcessDescriptor first) {
        this.first = first;
    }

    /**
     * Takes hold of a namespace.
     *
     * @param info what bubblewrap writes to its {@code --info-fd}: a number that may be another process's by now, and the
     *     namespace by which that would show
     * @return empty if it has ended already
     * @throws IOException if this is not what bubblewrap writes
     */
    static Optional<PidNamespace> of(String info) throws IOException {
        var told = Json.MAPPER.readTree(info);
        long pid = told.path("child-pid").asLong();
        long namespace = told.path("pid-namespace").asLong();
        if (pid <= 1 || namespace <= 0) {
            throw new IOException("bubblewrap does not tell which process namespace it made (--info-fd): " + info);
        }
        Optional<ProcessDescriptor> first = ProcessDescriptor.of(pid);
        if (first.isPresent() && !isIn(pid, namespace)) {
            first.get().close();
            return Optional.empty();
        }
        return first.map(PidNamespace::new);
    }

    private static boolean isIn(long pid, long namespace) throws IOException {
        try {
            Path link = Path.of("/proc", String.valueOf(pid), "ns", "pid");
            return Files.readSymbolicLink(link).toString().equals("pid:[" + namespace + "]");
        } catch (NoSuchFileException e) {
            // It has ended since.
            return false;
        }
    }

    boolean isAlive() throws IOException {
        return !first.awaitEnd(Duration.ZERO);
    }

    /**
     * Sends KILL to all of it and waits.
     *
     * @return whether nothing of it is alive any more
     */
    boolean end(Duration patience) throws IOException {
        first.kill();
        return first.awaitEnd(patience);
    }

    @Override
    public void close() {
        first.close();
    }
}
