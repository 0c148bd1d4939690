package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process uses, as the kernel tells (proc(5)); nothing once it has ended.
 *
 * @param memory bytes that are not files: its own and those it shares
 */
record ProcessUse(int threads, long memory) {
    private static final int KIB = 1024;

    static ProcessUse of(ProcessHandle process) {
        List<String> status = lines(process, "status");
        return new ProcessUse(
                (int) number(status, "Threads:"), (number(status, "RssAnon:") + number(status, "RssShmem:")) * KIB);
    }

    /** Its memory, with what it shares divided among those who share it. Slow. */
    static long share(ProcessHandle process) {
        return number(lines(process, "smaps_rollup"), "Pss_Anon:") * KIB;
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
