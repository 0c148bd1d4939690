package dev.patchferry.runner.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * A process that built a sandbox and waits for something on its standard input before it does what it is for, with the process
 * namespace that it made and the thread that started it.
 */
public final class WaitingProcess implements AutoCloseable {
    /** What a process waits for. */
    public interface Task {
        /**
         * Does it, on the thread that started the process.
         *
         * @param input is closed afterwards
         * @throws IOException if it cannot be done; then whoever waits has to end by itself when the input does
         */
        void writeTo(OutputStream input) throws IOException;
    }

    private static final Logger LOG = Logger.getLogger(WaitingProcess.class);

    private final ParentThread parent;
    private final Process process;
    private final Optional<PidNamespace> namespace;

    /**
     * Takes all over.
     *
     * @param namespace empty if the sandbox could not be built, or has ended again
     */
    WaitingProcess(ParentThread parent, Process process, Optional<PidNamespace> namespace) {
        this.parent = parent;
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

    /** Gives it what it waits for, while the caller goes on: it may be more than a pipe holds. */
    void begin(Task task) {
        CompletableFuture<Process> ignored = parent.begin(() -> {
                    try (OutputStream input = process.getOutputStream()) {
                        task.writeTo(input);
                    }
                    return process;
                })
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.debugf(failure, "a process did not take what it waited for");
                    }
                });
    }

    /** Does something on the thread that started it, when that has given it all that it waited for. */
    public <T> T onItsThread(Callable<T> task) throws IOException {
        return parent.call(task);
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
            parent.close();
        }
    }
}
