package dev.patchferry.runner.logs;

import dev.patchferry.runner.journal.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The output and the diff of each attempt, one file each, named by number so that no id becomes a path. */
public final class PatchLogs {
    private final Path folder;

    /**
     * Keeps logs in a folder.
     *
     * @param folder exists, belongs to the runner
     */
    public PatchLogs(Path folder) {
        this.folder = folder;
    }

    /** Where the output of the entry's attempt goes; the file may not exist yet. */
    public Path log(Entry entry) {
        return file(entry, entry.attempt(), ".log");
    }

    /** Where the whole diff of the entry's attempt goes; the file may not exist. */
    public Path diff(Entry entry) {
        return file(entry, entry.attempt(), ".diff");
    }

    /** Makes an empty log for a new attempt. */
    public Path begin(Entry entry) throws IOException {
        Files.deleteIfExists(log(entry));
        Files.deleteIfExists(diff(entry));
        return Files.createFile(log(entry));
    }

    /** Removes the output and the diff of every attempt. */
    public void drop(Entry entry) throws IOException {
        for (int attempt = 1; attempt <= entry.attempt(); attempt++) {
            Files.deleteIfExists(file(entry, attempt, ".log"));
            Files.deleteIfExists(file(entry, attempt, ".diff"));
        }
    }

    private Path file(Entry entry, int attempt, String suffix) {
        return folder.resolve(entry.seq() + "-" + attempt + suffix);
    }

    /** The size of a log in bytes; 0 if there is none. */
    public static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** The last bytes of a log, at most this many, as text; what is not UTF-8 becomes U+FFFD. */
    public static String tail(Path file, int bytes) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, log.length() - bytes);
            byte[] end = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(end);
            int start = from == 0 ? 0 : firstWholeCharacter(end);
            return new String(end, start, end.length - start, StandardCharsets.UTF_8);
        }
    }

    private static int firstWholeCharacter(byte[] utf8) {
        int start = 0;
        while (start < utf8.length && start < 4 && (utf8[start] & 0xC0) == 0x80) {
            start++;
        }
        return start;
    }
}
