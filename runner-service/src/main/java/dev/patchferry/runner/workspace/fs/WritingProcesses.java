package dev.patchferry.runner.workspace.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Which processes have which files open or mapped for writing, as far as this process may see that in {@code /proc}.
 *
 * @param byFile process numbers by file
 * @param complete whether every process of the machine could be looked at
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html">proc_pid_fdinfo(5)</a>
 */
public record WritingProcesses(Map<FileId, SortedSet<Long>> byFile, boolean complete) {
    private static final Logger LOG = Logger.getLogger(WritingProcesses.class);
    private static final Path PROC = Path.of("/proc");
    private static final String ENDED = "ended since";
    /** The number of the first process namespace, which is a constant of the kernel (PROC_PID_INIT_INO). */
    private static final String FIRST_NAMESPACE = "pid:[4026531836]";

    /** One file of one file system. */
    public record FileId(long device, long inode) {
        public static FileId of(FileStat file) {
            return new FileId(file.device(), file.inode());
        }
    }

    /** Looks at all of them now. */
    public static WritingProcesses now() throws IOException {
        Map<FileId, SortedSet<Long>> files = new HashMap<>();
        boolean complete =
                Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString().equals(FIRST_NAMESPACE);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                complete &= isSeen(process, files);
            }
        }
        return new WritingProcesses(files, complete);
    }

    /** Who writes to a file, for people: {@code pid 12 (sqlite3)}; empty if nobody is seen. */
    public Optional<String> describe(FileStat file) throws IOException {
        SortedSet<Long> pids = byFile.get(FileId.of(file));
        if (pids == null) {
            return Optional.empty();
        }
        String first = "pid " + pids.getFirst() + " (" + name(pids.getFirst()) + ")";
        return Optional.of(pids.size() == 1 ? first : first + " and " + (pids.size() - 1) + " more");
    }

    private static String name(long pid) throws IOException {
        try (InputStream comm =
                Files.newInputStream(PROC.resolve(String.valueOf(pid)).resolve("comm"))) {
            return name(comm);
        } catch (NoSuchFileException e) {
            return ENDED;
        }
    }

    /** A process that ends after its file was opened lets nothing be read from that any more (ESRCH). */
    public static String name(InputStream comm) throws IOException {
        try {
            return new String(comm.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).endsWith("No such process")) {
                return ENDED;
            }
            throw e;
        }
    }

    /** Whether the process let itself be looked at; one that has ended meanwhile did. */
    private static boolean isSeen(Path process, Map<FileId, SortedSet<Long>> files) {
        try {
            long pid = Long.parseLong(process.getFileName().toString());
            descriptors(process, pid, files);
            for (String line : Files.readAllLines(process.resolve("maps"), StandardCharsets.ISO_8859_1)) {
                mapped(line).ifPresent(file -> add(files, file, pid));
            }
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debugf(e, "process is not seen process=%s", process);
            return !Files.exists(process);
        }
    }

    private static void descriptors(Path process, long pid, Map<FileId, SortedSet<Long>> files) throws IOException {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                try {
                    Path info = process.resolve("fdinfo").resolve(descriptor.getFileName());
                    if (Files.readSymbolicLink(descriptor).isAbsolute() && isForWriting(Files.readAllLines(info))) {
                        long device = (long) Files.getAttribute(descriptor, "unix:dev");
                        add(files, new FileId(device, (long) Files.getAttribute(descriptor, "unix:ino")), pid);
                    }
                } catch (NoSuchFileException | NotLinkException e) {
                    LOG.debugf(e, "descriptor was closed meanwhile descriptor=%s", descriptor);
                }
            }
        }
    }

    private static boolean isForWriting(List<String> info) {
        return info.stream()
                .filter(line -> line.startsWith("flags:"))
                .anyMatch(line ->
                        (Integer.parseInt(line.substring("flags:".length()).strip(), 8) & 3) != 0);
    }

    /** A line as {@code 7f00-7f01 rw-s 00000000 fe:01 1234 /path}, if it is of a file that is shared and writable. */
    private static Optional<FileId> mapped(String line) {
        String[] fields = line.split(" +", 6);
        if (fields.length < 5 || !fields[1].startsWith("w", 1) || !fields[1].endsWith("s")) {
            return Optional.empty();
        }
        String[] device = fields[3].split(":", 2);
        return Optional.of(new FileId(
                FileAttributes.device(Integer.parseInt(device[0], 16), Integer.parseInt(device[1], 16)),
                Long.parseLong(fields[4])));
    }

    private static void add(Map<FileId, SortedSet<Long>> files, FileId file, long pid) {
        files.computeIfAbsent(file, _ -> new TreeSet<>()).add(pid);
    }
}
