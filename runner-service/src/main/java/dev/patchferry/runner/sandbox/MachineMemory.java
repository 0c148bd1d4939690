package dev.patchferry.runner.sandbox;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What memory the whole machine has, and what it holds in files in memory, swapped out or not (proc_meminfo(5)). */
final class MachineMemory {
    private static final Path FILE = Path.of("/proc/meminfo");
    private static final int KIB = 1024;

    private MachineMemory() {}

    /** What a command may have at most, in bytes: three quarters of what this machine, or container, has. */
    static long usable() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getTotalMemorySize() / 4 * 3;
    }

    /** What files in memory take, in bytes. */
    static long shared() throws IOException {
        List<String> lines = Files.readAllLines(FILE);
        return (number(lines, "Shmem:") + number(lines, "SwapTotal:") - number(lines, "SwapFree:")) * KIB;
    }

    private static long number(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
