package dev.patchferry.runner.logs;

import dev.patchferry.foundation.redaction.Redactor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks through a file, and makes a copy with the secrets covered as soon as one is found. Used once. */
final class LogRedactor {
    private static final int WINDOW = 1 << 20;

    private final Path file;
    private final Redactor redactor;
    private final int reach;

    LogRedactor(Path file, Redactor redactor) {
        this.file = file;
        this.redactor = redactor;
        this.reach = redactor.reach();
    }

    /**
     * Writes the copy if there has to be one.
     *
     * @param from before this nothing is to be covered
     * @return whether there is a copy
     */
    boolean writeTo(Path copy, long from) throws IOException {
        boolean any = false;
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "r")) {
            long length = raw.length();
            int window = Math.max(WINDOW, 4 * reach);
            byte[] bytes = new byte[(int) Math.min(length, window)];
            for (long at = from, next; at < length; at = next) {
                long before = Math.max(0, at - reach);
                int size = (int) Math.min(bytes.length, length - before);
                raw.seek(before);
                raw.readFully(bytes, 0, size);
                boolean last = before + size == length;
                next = last ? length : before + size - reach;
                if (redactor.bytes(bytes, size, last).any()) {
                    any = any || begin(copy);
                    write(copy, at, bytes, (int) (at - before), (int) (next - at));
                }
            }
        }
        return any;
    }

    private boolean begin(Path copy) throws IOException {
        Files.copy(file, copy);
        return true;
    }

    private static void write(Path copy, long at, byte[] bytes, int from, int length) throws IOException {
        try (RandomAccessFile covered = new RandomAccessFile(copy.toFile(), "rw")) {
            covered.seek(at);
            covered.write(bytes, from, length);
        }
    }
}
