package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Memory that belongs to files without a name (memfd_create(2)), to shared mappings and to segments of System V: it is
 * there whether a process has mapped it or not, and so is no part of what the kernel tells of processes. Used by one thread.
 *
 * <p>Of an open file its blocks are counted, once however many hold it. What is mapped and not open is counted as large as
 * it is mapped, for the kernel shows no more to a user without privilege. What lies in a socket is not seen.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html">proc_pid_maps(5)</a>
 */
final class SharedMemory {
    private static final Path PROC = Path.of("/proc");
    private static final String MEMORY_FILE = "/memfd:";
    private static final Pattern MAPPING = Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) .{4} \\p{XDigit}+"
            + " (\\p{XDigit}+):(\\p{XDigit}+) (\\d+) +(/memfd:.*|/SYSV.*|/dev/zero) \\(deleted\\)");
    private static final String DELETED = "(deleted)";
    private static final int HEX = 16;

    private final Map<MemoryFileBlocks.Id, Long> open = new HashMap<>();
    private final Map<MemoryFileBlocks.Id, Long> mapped = new HashMap<>();
    private boolean hidden;

    private SharedMemory() {}

    /**
     * What processes hold together.
     *
     * @param hidden whether one of them lets nobody see what it holds: it is not dumpable (PR_SET_DUMPABLE)
     */
    record Use(long bytes, boolean hidden) {}

    /** Looks at these processes; those that have ended meanwhile hold nothing. */
    static Use of(List<ProcessHandle> processes) {
        SharedMemory memory = new SharedMemory();
        processes.forEach(process -> memory.look(PROC.resolve(String.valueOf(process.pid()))));
        memory.mapped.keySet().removeAll(memory.open.keySet());
        return new Use(
                Stream.of(memory.open, memory.mapped)
                        .flatMap(held -> held.values().stream())
                        .mapToLong(Long::longValue)
                        .sum(),
                memory.hidden);
    }

    private void look(Path process) {
        try {
            files(process.resolve("fd"));
            mappings(process.resolve("maps"));
        } catch (AccessDeniedException e) {
            hidden = true;
        } catch (IOException e) {
            // It has ended, and holds nothing any more.
            return;
        }
    }

    private void files(Path descriptors) throws IOException {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (isMemory(link)) {
                    MemoryFileBlocks.of(link).ifPresent(file -> open.put(file.id(), file.bytes()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isMemory(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString().startsWith(MEMORY_FILE);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void mappings(Path maps) throws IOException {
        Map<MemoryFileBlocks.Id, Long> own = new HashMap<>();
        new String(Files.readAllBytes(maps), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.endsWith(DELETED))
                .map(MAPPING::matcher)
                .filter(Matcher::matches)
                .forEach(line -> own.merge(id(line), length(line), Long::sum));
        own.forEach((file, bytes) -> mapped.merge(file, bytes, Long::max));
    }

    private static MemoryFileBlocks.Id id(Matcher line) {
        return new MemoryFileBlocks.Id(
                Integer.parseInt(line.group(3), HEX),
                Integer.parseInt(line.group(4), HEX),
                Long.parseLong(line.group(5)));
    }

    private static long length(Matcher line) {
        return Long.parseUnsignedLong(line.group(2), HEX) - Long.parseUnsignedLong(line.group(1), HEX);
    }
}
