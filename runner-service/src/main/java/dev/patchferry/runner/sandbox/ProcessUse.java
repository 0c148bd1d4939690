package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process uses, as the kernel tells (proc(5)); nothing once it has ended.
 *
 * @param memory bytes of its own, swapped out or not; no files, and nothing that {@link SharedMemory} counts
 */
record ProcessUse(int threads, long memory) {
    private static final int KIB = 1024;

    static ProcessUse of(ProcessHandle process) {
        List<String> status = lines(process, "status");
        long memory = number(status, "RssAnon:") + number(status, "VmSwap:") + number(status, "HugetlbPages:");
        return new ProcessUse((int) number(status, "Threads:"), memory * KIB);
    }

    /**
     * Its memory, with what it shares divided among those who share it. Slow. One that lets nobody look counts with all of
     * it.
     */
    static long share(ProcessHandle process) {
        List<String> mappings = lines(process, "smaps_rollup");
        return mappings.isEmpty()
                ? of(process).memory()
                : (number(mappings, "Pss_Anon:") + number(mappings, "SwapPss:") + number(mappings, "Private_Hugetlb:"))
                        * KIB;
    }

    private static List<String> lines(ProcessHandle process, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static long number(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
