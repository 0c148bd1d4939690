package dev.patchferry.runner.edit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file in the making, line by line; never longer than what may be edited. */
final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final byte[] ending;
    private boolean open;

    /** @param ending what a line gets that turns out not to be the last */
    Output(String ending) {
        this.ending = ending.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Adds a line with what ends it, if anything does.
     *
     * @throws Abandoned when the file grows too long
     */
    void line(Slice line, boolean ended) {
        if (open) {
            bytes.writeBytes(ending);
        }
        if (bytes.size() + line.length() > EditEngine.MAX_BYTES) {
            throw new Abandoned("the result would be longer than " + EditEngine.MAX_BYTES_IN_WORDS);
        }
        bytes.write(line.bytes(), line.from(), line.length());
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
        return Arrays.copyOf(all, end);
    }
}
