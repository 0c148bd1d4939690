package dev.patchferry.runner.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A process that built a sandbox and waits for a line on its standard input before it does what it is for, with the process
 * namespace that it made.
 */
public final class WaitingProcess implements AutoCloseable {
    private final Process process;
    private final Optional<PidNamespace> namespace;

    /**
     * Takes both over.
     *
     * @param namespace empty if the sandbox could not be built, or has ended again
     */
    WaitingProcess(Process process, Optional<PidNamespace> namespace) {
        this.process = process;
        this.namespace = namespace;
    }

    /** Whether the process and what it made are still there. */
    public boolean isAlive() throws IOException {
        return process.isAlive() && namespace.isPresent() && namespace.get().isAlive();
    }

    Process process() {
        return process;
    }

    Optional<PidNamespace> namespace() {
        return namespace;
    }

    /** Lets it begin. */
    void begin() throws IOException {
        try (OutputStream input = process.getOutputStream()) {
            input.write('\n');
        }
    }

    /** Kills what has not ended, and waits for that. */
    @Override
    public void close() throws IOException {
        try {
            ProcessRun.endNamespace(namespace);
        } finally {
            if (process.isAlive()) {
                ProcessRun.killAll(process);
            }
            namespace.ifPresent(PidNamespace::close);
        }
    }
}
