package dev.patchferry.webhook.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Takes a stretch of bytes out of a text that is written to it, and ends the writing once it has enough. */
final class TextWindow extends OutputStream {
    private final long offset;
    private final byte[] kept;
    private long seen;
    private int size;
    private boolean more;

    /**
     * @param offset how many bytes are passed over
     * @param max how many bytes are kept
     */
    TextWindow(long offset, int max) {
        this.offset = offset;
        this.kept = new byte[max];
    }

    /** Thrown to end a text of which enough is known. */
    static final class Enough extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int skipped = Math.clamp(offset - seen, 0, length);
        int taken = Math.min(length - skipped, kept.length - size);
        System.arraycopy(bytes, from + skipped, kept, size, taken);
        size += taken;
        seen += length;
        if (skipped + taken < length) {
            more = true;
            throw new Enough();
        }
    }

    /** What was kept, to its last whole character. */
    byte[] bytes() {
        int end = size;
        if (more) {
            while (end > 0 && (kept[end - 1] & 0xC0) == 0x80) {
                end--;
            }
            end = end > 0 && (kept[end - 1] & 0xC0) == 0xC0 ? end - 1 : size;
        }
        return Arrays.copyOf(kept, end);
    }

    /** Whether more follows what was kept. */
    boolean hasMore() {
        return more;
    }
}
