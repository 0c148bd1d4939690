package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the whole machine holds in files in memory, swapped out or not (proc_meminfo(5)). */
final class MachineMemory {
    private static final Path FILE = Path.of("/proc/meminfo");
    private static final int KIB = 1024;

    private MachineMemory() {}

    /** Bytes. */
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
