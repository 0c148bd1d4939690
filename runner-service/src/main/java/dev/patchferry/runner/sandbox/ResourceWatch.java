package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Watch;
import dev.patchferry.runner.workspace.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Watches what a command uses up where no kernel limit does: the change it makes and its HOME, and, where no control group
 * can be had, memory and processes of its whole namespace. What takes long to look at is looked at less often, so that the
 * watch costs at most a tenth of a processor.
 */
final class ResourceWatch implements Watch {
    private static final int REST = 10;
    private static final long FIRST_LOOK_AT_FILES = Duration.ofSeconds(1).toNanos();
    private static final int WRAPPERS = 16;

    private final Limits limits;
    private final Path upper;
    private final Path home;
    private final boolean kernelLimits;
    private long nextLookAtFiles = System.nanoTime() + FIRST_LOOK_AT_FILES;

    /**
     * Begins.
     *
     * @param upper takes the changes
     * @param home takes those in HOME
     * @param kernelLimits whether a control group sees to memory and processes
     */
    ResourceWatch(Limits limits, Path upper, Path home, boolean kernelLimits) {
        this.limits = limits;
        this.upper = upper;
        this.home = home;
        this.kernelLimits = kernelLimits;
    }

    @Override
    public Optional<String> overLimit(ProcessHandle process) {
        Optional<String> over = kernelLimits ? Optional.empty() : processes(process);
        return over.isPresent() ? over : files();
    }

    private Optional<String> processes(ProcessHandle process) {
        List<ProcessUse> uses = process.descendants().map(ProcessUse::of).toList();
        if (uses.stream().mapToInt(ProcessUse::threads).sum() > limits.processes() + WRAPPERS) {
            return Optional.of("process_limit: more than " + limits.processes() + " processes and threads");
        }
        // Memory that processes share is counted once only by the slower look.
        boolean suspicious = uses.stream().mapToLong(ProcessUse::memory).sum() > limits.memoryBytes();
        return suspicious && process.descendants().mapToLong(ProcessUse::share).sum() > limits.memoryBytes()
                ? Optional.of(memory(limits))
                : Optional.empty();
    }

    /** What to say of a command that took too much memory. */
    static String memory(Limits limits) {
        return "memory_limit: more than " + limits.memoryBytes() + " bytes of memory";
    }

    private Optional<String> files() {
        long start = System.nanoTime();
        if (start - nextLookAtFiles < 0) {
            return Optional.empty();
        }
        try {
            Optional<String> over = limits.overChange(Trees.size(upper, limits.changeBytes(), limits.changeFiles()));
            if (over.isEmpty()) {
                over = home();
            }
            nextLookAtFiles = System.nanoTime() + Math.max(FIRST_LOOK_AT_FILES, REST * (System.nanoTime() - start));
            return over;
        } catch (IOException e) {
            // it changes under our eyes; the end of the step is looked at once more
            return Optional.empty();
        }
    }

    private Optional<String> home() throws IOException {
        return Trees.size(home, limits.homeBytes(), Integer.MAX_VALUE).bytes() > limits.homeBytes()
                ? Optional.of("home_limit: HOME holds more than " + limits.homeBytes() + " bytes; it is dropped")
                : Optional.empty();
    }
}
