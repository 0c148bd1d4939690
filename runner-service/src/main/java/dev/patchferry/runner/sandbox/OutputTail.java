package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The end of what one command wrote; it may hold secrets, and so is only looked at. */
final class OutputTail {
    private static final int MAX_BYTES = 32 << 10;

    private OutputTail() {}

    /**
     * Reads it.
     *
     * @param log what all commands of a patch wrote
     * @param from how long that was before this command
     */
    static String of(Path log, long from) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = file.size();
            long begin = Math.max(from, size - MAX_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, size - begin));
            long at = begin;
            int read;
            while (bytes.hasRemaining() && (read = file.read(bytes, at)) > 0) {
                at += read;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
