package dev.patchferry.runner.process;

import dev.patchferry.contract.PatchStatus;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Starts processes and sees them to their end.
 *
 * <p>All are started by one platform thread that lives as long as the runner: the kernel sends the parent-death signal
 * when the <em>thread</em> ends that started the process, and virtual threads' carriers come and go. Safe for use by
 * several threads.
 */
public final class Processes implements AutoCloseable {
    private static final Duration GRACE_AFTER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration GRACE_AFTER_CANCEL = Duration.ofSeconds(10);
    private static final Duration WRAPPERS_ARE_SLOW = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final ProcessBuilder.Redirect NOTHING = ProcessBuilder.Redirect.from(new File("/dev/null"));
    private static final Duration KILL_IS_SLOW = Duration.ofSeconds(5);

    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("process-starter").factory());

    /**
     * Runs a process to its end.
     *
     * @param limit after this it gets TERM, 2 s later KILL
     * @param depth how many generations below the process itself are ours and must not get TERM: the wrappers
     * @param watch may have it ended at once
     * @throws IOException if it cannot be started
     */
    public Exit run(ProcessSpec spec, Duration limit, Cancellation cancellation, int depth, Watch watch)
            throws IOException {
        return await(start(spec, NOTHING), limit, cancellation, depth, watch);
    }

    /** Starts a process that waits until it is told to {@linkplain #run(WaitingProcess, Duration, Cancellation, int, Watch) go on}. */
    public WaitingProcess start(ProcessSpec spec) throws IOException {
        return new WaitingProcess(start(spec, ProcessBuilder.Redirect.PIPE));
    }

    /**
     * Lets a process that waits go on to its end; the rest is as for one that is started now.
     *
     * @throws IOException if it waits no more
     */
    public Exit run(WaitingProcess waiting, Duration limit, Cancellation cancellation, int depth, Watch watch)
            throws IOException {
        waiting.begin();
        return await(waiting.process(), limit, cancellation, depth, watch);
    }

    private static Exit await(Process process, Duration limit, Cancellation cancellation, int depth, Watch watch)
            throws IOException {
        CompletableFuture<Process> exit = process.onExit();
        try {
            Optional<String> overLimit =
                    watched(CompletableFuture.anyOf(exit, cancellation.whenRequested()), limit, watch, process);
            if (overLimit.isPresent()) {
                kill(process);
                return new Exit.OverLimit(overLimit.get());
            }
            if (exit.isDone()) {
                return new Exit.Ended(process.exitValue());
            }
            end(process, GRACE_AFTER_CANCEL, depth);
            return new Exit.Cancelled(cancellation.whenRequested().join());
        } catch (TimeoutException e) {
            end(process, GRACE_AFTER_TIMEOUT, depth);
            return new Exit.TimedOut();
        } catch (ExecutionException e) {
            throw new IOException("waiting for a process failed", e.getCause());
        } catch (InterruptedException e) {
            end(process, Duration.ZERO, depth);
            Thread.currentThread().interrupt();
            return new Exit.Cancelled(new Cancellation.Request(
                    PatchStatus.INTERRUPTED, "runner_stopped: the runner stopped while the patch ran"));
        }
    }

    /**
     * Waits for an end, looking at the process now and then.
     *
     * @return the limit it passed before that, if it did
     * @throws TimeoutException when its time is up
     */
    private static Optional<String> watched(CompletableFuture<?> end, Duration limit, Watch watch, Process process)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > BETWEEN_LOOKS.toNanos(); left = deadline - System.nanoTime()) {
            try {
                end.get(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS);
                return Optional.empty();
            } catch (TimeoutException e) {
                Optional<String> overLimit = watch.overLimit(process.toHandle());
                if (overLimit.isPresent()) {
                    return overLimit;
                }
            }
        }
        end.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return Optional.empty();
    }

    @Override
    public void close() {
        starter.shutdown();
    }

    private Process start(ProcessSpec spec, ProcessBuilder.Redirect input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(spec.arguments())
                .directory(spec.directory().toFile())
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.errors().toFile()));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        try {
            return starter.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException("the process cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the process was started", e);
        }
    }

    /**
     * TERM to the command and what it started, a grace, then KILL to them; the wrappers see that and end by themselves,
     * with the output complete. If they do not, KILL to all. Returns when all are gone.
     */
    private static void end(Process process, Duration grace, int depth) {
        command(process, depth).forEach(ProcessHandle::destroy);
        if (awaitExit(process.onExit(), grace)) {
            return;
        }
        command(process, depth).forEach(ProcessHandle::destroyForcibly);
        if (awaitExit(process.onExit(), WRAPPERS_ARE_SLOW)) {
            return;
        }
        killAll(process);
    }

    /** KILL to a process and all that it started. Returns when they are gone. */
    static void killAll(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        Dying.await(all, KILL_IS_SLOW);
        awaitExit(process.onExit(), KILL_IS_SLOW);
    }

    /**
     * KILL to the outermost process, with whose end the kernel ends the whole namespace at once. Looking for each process
     * first, as {@link #end} does, would give a fork bomb the time it wants.
     */
    private static void kill(Process process) {
        List<ProcessHandle> wrappers = process.children()
                .flatMap(child -> Stream.concat(Stream.of(child), child.children()))
                .toList();
        process.destroyForcibly();
        Dying.await(wrappers, KILL_IS_SLOW);
        awaitExit(process.onExit(), KILL_IS_SLOW);
    }

    /** As they are now: who is signalled first may end, and then its children are found no more. */
    private static List<ProcessHandle> command(Process process, int depth) {
        return generation(process.toHandle(), depth).toList();
    }

    private static Stream<ProcessHandle> generation(ProcessHandle process, int depth) {
        return depth == 0 ? process.descendants() : process.children().flatMap(child -> generation(child, depth - 1));
    }

    private static boolean awaitExit(CompletableFuture<?> exit, Duration patience) {
        try {
            exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the exit of a process cannot fail", e);
        }
    }
}
