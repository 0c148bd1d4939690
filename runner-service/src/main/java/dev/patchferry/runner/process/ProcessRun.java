package dev.patchferry.runner.process;

import dev.patchferry.contract.PatchStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One process on its way to its end.
 *
 * @param namespace what it confines a command to, if it does
 * @param depth how many generations below the process itself are ours and must not get TERM: the wrappers
 */
record ProcessRun(Process process, Optional<PidNamespace> namespace, int depth) {
    private static final Duration GRACE_AFTER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration GRACE_AFTER_CANCEL = Duration.ofSeconds(10);
    private static final Duration WRAPPERS_ARE_SLOW = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration KILL_IS_SLOW = Duration.ofSeconds(30);

    Exit await(Duration limit, Cancellation cancellation, ResourceMonitor resourceMonitor) throws IOException {
        CompletableFuture<Process> exit = process.onExit();
        try {
            Optional<String> overLimit =
                    watched(CompletableFuture.anyOf(exit, cancellation.whenRequested()), limit, resourceMonitor);
            if (overLimit.isPresent()) {
                kill();
                return new Exit.OverLimit(overLimit.get());
            }
            if (exit.isDone()) {
                return new Exit.Ended(process.exitValue());
            }
            end(GRACE_AFTER_CANCEL);
            return new Exit.Cancelled(cancellation.whenRequested().join());
        } catch (TimeoutException e) {
            end(GRACE_AFTER_TIMEOUT);
            return new Exit.TimedOut();
        } catch (ExecutionException e) {
            throw new IOException("waiting for a process failed", e.getCause());
        } catch (InterruptedException e) {
            end(Duration.ZERO);
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
    private Optional<String> watched(CompletableFuture<?> end, Duration limit, ResourceMonitor resourceMonitor)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); left > BETWEEN_LOOKS.toNanos(); left = deadline - System.nanoTime()) {
            try {
                end.get(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS);
                return Optional.empty();
            } catch (TimeoutException e) {
                Optional<String> overLimit = resourceMonitor.overLimit(process.toHandle());
                if (overLimit.isPresent()) {
                    return overLimit;
                }
            }
        }
        end.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return Optional.empty();
    }

    /** TERM to the command and what it started, a grace, then KILL. Returns when all are gone. */
    private void end(Duration grace) throws IOException {
        command().forEach(ProcessHandle::destroy);
        if (!awaitExit(process, grace)) {
            kill();
        }
    }

    /**
     * KILL to the command and what it started; the wrappers see that and end by themselves, with the output complete. If
     * they do not, KILL to all. A namespace is ended at once: looking for each process first would give a fork bomb the
     * time it wants.
     */
    private void kill() throws IOException {
        if (namespace.isPresent()) {
            endNamespace(namespace);
        } else {
            command().forEach(ProcessHandle::destroyForcibly);
        }
        if (!awaitExit(process, WRAPPERS_ARE_SLOW)) {
            killAll(process);
        }
    }

    /** As they are now: who is signalled first may end, and then its children are found no more. */
    private List<ProcessHandle> command() {
        return generation(process.toHandle(), depth).toList();
    }

    private static Stream<ProcessHandle> generation(ProcessHandle process, int depth) {
        return depth == 0 ? process.descendants() : process.children().flatMap(child -> generation(child, depth - 1));
    }

    /** Ends every process of a namespace, and waits for that: whatever comes next may touch what they could reach. */
    static void endNamespace(Optional<PidNamespace> namespace) throws IOException {
        if (namespace.isPresent() && !namespace.get().end(KILL_IS_SLOW)) {
            throw new IOException("the processes of a command are still there " + KILL_IS_SLOW.toSeconds()
                    + " s after KILL; a file system or device of this machine does not answer");
        }
    }

    /** KILL to a process and all that it started. Returns when they are gone, after 30 s at most. */
    static void killAll(Process process) throws IOException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        for (ProcessHandle each : all) {
            Processes.killAndAwait(each.pid(), each::isAlive, KILL_IS_SLOW);
        }
        awaitExit(process, KILL_IS_SLOW);
    }

    private static boolean awaitExit(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
