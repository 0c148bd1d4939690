package dev.patchferry.runner.logs;

import dev.patchferry.foundation.redaction.Redactor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A log as readers may see it. While a command writes it, secrets are in the file, and are covered in what is read; when
 * the command has ended they are covered in the file itself ({@link #settle}), for good. Both show the same bytes at the
 * same places, so a reader can go on where it was.
 *
 * @param settled whether nothing is written any more and {@link #settle} has been there
 */
public record RedactedLog(Path file, Redactor redactor, boolean settled) {
    private static final int PART = 256 << 10;

    /** How many bytes there are to read: of a log that is written, not those that what follows may turn into a secret. */
    public long size() throws IOException {
        long length = PatchLogs.size(file);
        if (settled || length == 0) {
            return length;
        }
        long from = Math.max(0, length - 2L * redactor.reach());
        byte[] end = raw(from, length);
        return from + redactor.bytes(end, end.length, false).settled();
    }

    /**
     * Part of what there is.
     *
     * @param to not beyond {@link #size}
     */
    public byte[] read(long from, long to) throws IOException {
        if (settled) {
            return raw(from, to);
        }
        long before = Math.max(0, from - redactor.reach());
        byte[] around = raw(before, to + redactor.reach());
        redactor.bytes(around, around.length, false);
        byte[] part = new byte[(int) (to - from)];
        System.arraycopy(around, (int) (from - before), part, 0, part.length);
        return part;
    }

    /** Writes a part of what there is, of any length. */
    public void copy(long from, long to, OutputStream out) throws IOException {
        for (long at = from; at < to; at += PART) {
            out.write(read(at, Math.min(to, at + PART)));
        }
    }

    /**
     * Covers the secrets in the file, now that nobody writes it. Whoever has it open goes on reading the old one; if it
     * cannot be done the file is removed, for nobody may read it then.
     *
     * @param from before this everything was covered already
     */
    public void settle(long from) throws IOException {
        if (PatchLogs.size(file) <= from) {
            return;
        }
        Path covered = file.resolveSibling(file.getFileName() + ".covered");
        try {
            Files.deleteIfExists(covered);
            if (new LogRedactor(file, redactor).writeTo(covered, from)) {
                Files.move(covered, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(covered);
            throw e;
        }
    }

    private byte[] raw(long from, long to) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(to, log.length()) - from)];
            log.seek(from);
            log.readFully(bytes);
            return bytes;
        }
    }
}
