package dev.patchferry.system.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Processes that a test kills, most of which are not its children. Who adopts them may take seconds to ask for how they
 * ended, and Java takes them for alive until then; the kernel shows what is dead as a zombie.
 */
public final class Killed {
    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final Duration OFTEN = Duration.ofMillis(5);

    private Killed() {}

    /** Kills all of them; returns when none runs. */
    public static void all(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        await().pollDelay(Duration.ZERO)
                .pollInterval(OFTEN)
                .atMost(AT_MOST)
                .until(() -> processes.stream().noneMatch(Killed::runs));
    }

    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /** The state is the first field after the name, which stands in parentheses (proc_pid_stat(5)). */
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
