package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The control group of one command. Closed after the last process in it has ended.
 *
 * @param folders one for each controller (version 1), or one for all (version 2)
 */
record ControlGroup(List<Path> folders) implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ControlGroup.class);
    /** Takes the number of a process that is to belong to the group, and lists those that do. */
    private static final String DOOR = "cgroup.procs";

    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Sets the limits, in the words of whichever version this is. */
    void limit(Limits limits) throws IOException {
        String memory = String.valueOf(limits.memoryBytes());
        if (!write("memory.limit_in_bytes", memory) && !write("memory.max", memory)) {
            throw new IOException("there is no memory controller");
        }
        if (!write("pids.max", String.valueOf(limits.processes()))) {
            throw new IOException("there is no pids controller");
        }
        writeIfSwapIsCounted("memory.memsw.limit_in_bytes", memory);
        writeIfSwapIsCounted("memory.swap.max", "0");
    }

    /** The files that take the number of a process that is to belong to it. */
    List<Path> doors() {
        return folders.stream().map(folder -> folder.resolve(DOOR)).toList();
    }

    /** Whether the kernel ended a process for want of memory. */
    boolean ranOutOfMemory() throws IOException {
        return counter("memory.oom_control", "oom_kill") + counter("memory.events", "oom_kill") > 0;
    }

    /** Whether the kernel refused a process or thread. */
    boolean ranOutOfProcesses() throws IOException {
        return counter("pids.events", "max") > 0;
    }

    /** The most memory that it had at once, files in memory included; 0 where the kernel does not say. */
    long peakMemory() throws IOException {
        for (String name : List.of("memory.max_usage_in_bytes", "memory.peak")) {
            Optional<Path> file = file(name);
            if (file.isPresent()) {
                return Long.parseLong(Files.readString(file.get()).strip());
            }
        }
        return 0;
    }

    /** What the namespace's end has not quite ended yet is waited for. */
    @Override
    public void close() {
        for (Path folder : folders) {
            try {
                remove(folder);
            } catch (IOException e) {
                LOG.warnf(e, "control group cannot be removed, trying again at the next start group=%s", folder);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                Files.deleteIfExists(folder);
                return;
            } catch (IOException e) {
                awaitEmpty(folder);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static void awaitEmpty(Path folder) throws IOException {
        for (String pid : members(folder)) {
            Processes.killAndAwait(Long.parseLong(pid), () -> isMember(folder, pid), PATIENCE);
        }
    }

    private static List<String> members(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve(DOOR));
    }

    private static boolean isMember(Path folder, String pid) {
        try {
            return members(folder).contains(pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean write(String name, String value) throws IOException {
        Optional<Path> file = file(name);
        if (file.isPresent()) {
            Files.writeString(file.get(), value);
        }
        return file.isPresent();
    }

    private void writeIfSwapIsCounted(String name, String value) {
        try {
            write(name, value);
        } catch (IOException e) {
            LOG.debugf(e, "swap is not limited");
        }
    }

    private long counter(String name, String key) throws IOException {
        Optional<Path> file = file(name);
        if (file.isEmpty()) {
            return 0;
        }
        return Files.readAllLines(file.get()).stream()
                .filter(line -> line.startsWith(key + " "))
                .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
                .sum();
    }

    private Optional<Path> file(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst();
    }
}
