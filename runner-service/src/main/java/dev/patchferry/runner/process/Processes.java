package dev.patchferry.runner.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Starts processes and sees them to their end. Each is started by a {@link ParentThread} of its own. Safe for use by several
 * threads.
 */
public final class Processes {
    private static final Duration BUILDING_IS_SLOW = Duration.ofSeconds(30);
    private static final ProcessBuilder.Redirect NOTHING = ProcessBuilder.Redirect.from(new File("/dev/null"));
    private static final int MAX_INFO_BYTES = 4_096;

    /**
     * Runs a process to its end.
     *
     * @param limit after this it gets TERM, 2 s later KILL
     * @param depth how many generations below the process itself are ours and must not get TERM: the wrappers
     * @param resourceMonitor may have it ended at once
     * @throws IOException if it cannot be started
     */
    public Exit run(
            ProcessSpec spec, Duration limit, Cancellation cancellation, int depth, ResourceMonitor resourceMonitor)
            throws IOException {
        ProcessBuilder builder =
                builder(spec).redirectInput(NOTHING).redirectErrorStream(true).redirectOutput(errors(spec));
        try (ParentThread parent = new ParentThread()) {
            return new ProcessRun(started(parent, spec, builder), Optional.empty(), depth)
                    .await(limit, cancellation, resourceMonitor);
        }
    }

    /**
     * Starts a process that builds a sandbox and waits until it is told to
     * {@linkplain #run(WaitingProcess, WaitingProcess.Task, Duration, Cancellation, int, ResourceMonitor) go on}. Its standard output is for what bubblewrap
     * tells of the sandbox, and is closed by all who hold it before anything that is not ours runs.
     *
     * @throws IOException if it cannot be started, or builds for longer than 30 s
     */
    public WaitingProcess start(ProcessSpec spec) throws IOException {
        ParentThread parent = new ParentThread();
        try {
            return waiting(parent, started(parent, spec, builder(spec).redirectError(errors(spec))));
        } catch (IOException | RuntimeException e) {
            parent.close();
            throw e;
        }
    }

    private static WaitingProcess waiting(ParentThread parent, Process process) throws IOException {
        try {
            String info = new String(firstOutput(process), StandardCharsets.UTF_8);
            return new WaitingProcess(parent, process, info.isBlank() ? Optional.empty() : PidNamespace.of(info));
        } catch (IOException | RuntimeException e) {
            ProcessRun.killAll(process);
            throw e;
        }
    }

    /**
     * Lets a process that waits go on to its end; the rest is as for one that is started now. When this returns, nothing in
     * its namespace is alive.
     *
     * @param task what it waits for
     * @throws IOException if its namespace cannot be ended
     */
    public Exit run(
            WaitingProcess waiting,
            WaitingProcess.Task task,
            Duration limit,
            Cancellation cancellation,
            int depth,
            ResourceMonitor resourceMonitor)
            throws IOException {
        try {
            waiting.begin(task);
            return new ProcessRun(waiting.process(), waiting.namespace(), depth)
                    .await(limit, cancellation, resourceMonitor);
        } finally {
            ProcessRun.endNamespace(waiting.namespace());
        }
    }

    /**
     * KILL to a process; waits for its end.
     *
     * @param isMeant whether the process that has this number now is the one to kill; asked when it cannot change any more
     * @return whether it has ended within the patience, or was not meant
     */
    public static boolean killAndAwait(long pid, BooleanSupplier isMeant, Duration patience) throws IOException {
        Optional<ProcessDescriptor> held = ProcessDescriptor.of(pid);
        if (held.isEmpty()) {
            return true;
        }
        try (ProcessDescriptor process = held.get()) {
            if (!isMeant.getAsBoolean()) {
                return true;
            }
            process.kill();
            return process.awaitEnd(patience);
        }
    }

    private static ProcessBuilder builder(ProcessSpec spec) {
        ProcessBuilder builder =
                new ProcessBuilder(spec.arguments()).directory(spec.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        return builder;
    }

    private static ProcessBuilder.Redirect errors(ProcessSpec spec) {
        return ProcessBuilder.Redirect.appendTo(spec.errors().toFile());
    }

    private static Process started(ParentThread parent, ProcessSpec spec, ProcessBuilder builder) throws IOException {
        return awaited(
                parent.begin(() -> {
                    for (Restriction restriction : spec.restrictions()) {
                        if (restriction.apply() instanceof ThreadIsolation.Result.NotInForce(String reason)) {
                            throw new IOException("it cannot be restricted (" + restriction + "): " + reason);
                        }
                    }
                    spec.setUp().run();
                    return builder.start();
                }),
                "the process cannot be started");
    }

    /** What it writes until all who hold its output have closed it. */
    private static byte[] firstOutput(Process process) throws IOException {
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                output.complete(process.getInputStream().readNBytes(MAX_INFO_BYTES));
            } catch (IOException e) {
                output.completeExceptionally(e);
            }
        });
        return awaited(
                output.orTimeout(BUILDING_IS_SLOW.toSeconds(), TimeUnit.SECONDS),
                "a sandbox is not ready after " + BUILDING_IS_SLOW.toSeconds() + " s");
    }

    private static <T> T awaited(CompletableFuture<T> future, String otherwise) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    otherwise + ": "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the process was started", e);
        }
    }
}
