package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.process.ResourceMonitor;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Watches what a command uses up where no kernel limit does: the change it makes and its HOME, and, where no control group
 * can be had, memory and processes of its whole namespace. What takes long to look at is looked at less often, so that the
 * watch costs at most a tenth of a processor.
 */
final class ResourceWatch implements ResourceMonitor {
    private static final Logger LOG = Logger.getLogger(ResourceWatch.class);
    private static final int REST = 10;
    private static final long FIRST_LOOK_AT_FILES = Duration.ofSeconds(1).toNanos();
    private static final int WRAPPERS = 16;

    private final Limits limits;
    private final Path upper;
    private final Path home;
    private final Optional<MemoryWatch> memory;
    private long nextLookAtFiles = System.nanoTime() + FIRST_LOOK_AT_FILES;

    /**
     * Begins.
     *
     * @param upper takes the changes
     * @param home takes those in HOME
     * @param kernelLimits whether a control group sees to memory and processes
     */
    ResourceWatch(Limits limits, Path upper, Path home, boolean kernelLimits) throws IOException {
        this.limits = limits;
        this.upper = upper;
        this.home = home;
        this.memory = kernelLimits ? Optional.empty() : Optional.of(new MemoryWatch(limits.memoryBytes()));
    }

    @Override
    public Optional<String> overLimit(ProcessHandle process) {
        Optional<String> over = memory.flatMap(watch -> processes(process, watch));
        return over.isPresent() ? over : files();
    }

    /** The result of a command that has ended, which may have written too much since the last look. */
    CommandResult atTheEnd(CommandResult result) throws IOException {
        if (!(result instanceof CommandResult.Ran(Exit exit, int left, long dropped, Optional<String> hint))
                || !(exit instanceof Exit.Ended)) {
            return result;
        }
        Optional<String> over = overChange();
        return (over.isPresent() ? over : overHomeAtTheEnd())
                .<CommandResult>map(limit -> new CommandResult.Ran(new Exit.OverLimit(limit), left, dropped, hint))
                .orElse(result);
    }

    private Optional<String> processes(ProcessHandle process, MemoryWatch watch) {
        List<ProcessHandle> processes = process.descendants().toList();
        List<ProcessUse> uses = processes.stream().map(ProcessUse::of).toList();
        if (uses.stream().mapToInt(ProcessUse::threads).sum() > limits.processes() + WRAPPERS) {
            return Optional.of("process_limit: more than " + limits.processes() + " processes and threads; "
                    + limits.inForce(Limit.PROCESSES));
        }
        try {
            return watch.isOver(processes, uses) ? Optional.of(memory(limits)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to say of a command that took too much memory. */
    static String memory(Limits limits) {
        return "memory_limit: more than " + limits.memoryBytes() + " bytes of memory; " + limits.inForce(Limit.MEMORY);
    }

    private Optional<String> files() {
        long start = System.nanoTime();
        if (start - nextLookAtFiles < 0) {
            return Optional.empty();
        }
        try {
            Optional<String> over = overChange();
            over = over.isPresent() ? over : overHome();
            nextLookAtFiles = System.nanoTime() + Math.max(FIRST_LOOK_AT_FILES, REST * (System.nanoTime() - start));
            return over;
        } catch (IOException e) {
            // it changes under our eyes; the end of the step is looked at once more
            return Optional.empty();
        }
    }

    private Optional<String> overChange() throws IOException {
        return limits.overChange(Trees.size(upper, limits.changeBytes(), limits.changeFiles()));
    }

    private Optional<String> overHome() throws IOException {
        return limits.overHome(Trees.size(home, limits.homeBytes(), limits.homeFiles()));
    }

    /** Nobody changes it any more: what cannot be counted now is not kept either. */
    private Optional<String> overHomeAtTheEnd() {
        try {
            return overHome();
        } catch (IOException e) {
            LOG.warnf(e, "HOME cannot be counted home=%s", home);
            return Optional.of("home_limit: HOME cannot be counted; it is dropped");
        }
    }
}
