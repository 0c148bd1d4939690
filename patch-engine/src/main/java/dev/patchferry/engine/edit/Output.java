package dev.patchferry.engine.edit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file in the making; never longer than what may be edited. */
final class Output {
    /** New lines seldom add more to a file. */
    private static final int SPARE = 1 << 12;

    private final ByteArrayOutputStream bytes;
    private final byte[] ending;
    private boolean open;

    /**
     * An empty one.
     *
     * @param ending what a line gets that turns out not to be the last
     * @param expected about how many bytes it will have
     */
    Output(String ending, int expected) {
        this.bytes = new ByteArrayOutputStream(expected + SPARE);
        this.ending = ending.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Adds lines.
     *
     * @param lines one or more with what ends them
     * @param ended whether the last of them is ended; all others are
     * @throws EditLimitExceeded when the file grows too long
     */
    void lines(Slice lines, boolean ended) {
        if (open) {
            bytes.writeBytes(ending);
        }
        if (bytes.size() + lines.length() > EditEngine.MAX_BYTES) {
            throw new EditLimitExceeded("the result would be longer than " + EditEngine.MAX_BYTES_IN_WORDS);
        }
        bytes.write(lines.bytes(), lines.from(), lines.length());
        open = !ended;
    }

    /** The file, ended as it should be. */
    byte[] bytes(boolean ended) {
        if (ended && open) {
            bytes.writeBytes(ending);
        }
        byte[] all = bytes.toByteArray();
        int end = all.length;
        if (!ended && end > 0 && (all[end - 1] == '\n' || all[end - 1] == ending[0])) {
            end -= ending.length == 2 && end > 1 && all[end - 2] == '\r' ? 2 : 1;
        }
        return end == all.length ? all : Arrays.copyOf(all, end);
    }
}
