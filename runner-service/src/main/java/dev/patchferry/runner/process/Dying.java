package dev.patchferry.runner.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that were killed, some of which are nobody's children any more. Whoever adopts them may take seconds to ask for
 * how they ended; until then the kernel lists what is dead as a zombie, which holds no memory, no file and no mount. Java
 * would go on waiting, and would look at what is not its own child three times a second at most.
 */
final class Dying {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private Dying() {}

    /** Waits until none of them runs, for so long at most. */
    static void await(List<ProcessHandle> processes, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (processes.stream().anyMatch(Dying::runs) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /** The state is the first field after the name, which stands in parentheses and may hold any (proc_pid_stat(5)). */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            // It has ended since, which the next look finds.
            return false;
        }
    }
}
