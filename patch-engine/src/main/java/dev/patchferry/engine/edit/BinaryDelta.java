package dev.patchferry.engine.edit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** Carries out git's binary deltas: two lengths, then parts to copy and bytes to insert. */
public final class BinaryDelta {
    private static final int COPY = 0x80;
    private static final int OFFSET_BYTES = 4;
    private static final int LENGTH_BYTES = 3;
    private static final int USUAL_LENGTH = 0x10000;
    private static final int MOST_DIGITS = 5;

    private final byte[] base;
    private final byte[] delta;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private int next;

    private BinaryDelta(byte[] base, byte[] delta) {
        this.base = base;
        this.delta = delta;
    }

    /** The new content; empty if the instructions are damaged, for another content, or make more than may be edited. */
    public static Optional<byte[]> apply(byte[] base, byte[] delta) {
        return new BinaryDelta(base, delta).run();
    }

    private Optional<byte[]> run() {
        long before = readLength();
        long after = readLength();
        boolean sound = before == base.length && after >= 0 && after <= EditEngine.MAX_BYTES;
        while (sound && next < delta.length) {
            int instruction = read();
            sound = ((instruction & COPY) == 0 ? insert(instruction) : copy(instruction)) && made.size() <= after;
        }
        return sound && made.size() == after ? Optional.of(made.toByteArray()) : Optional.empty();
    }

    private boolean insert(int length) {
        if (length == 0 || length > delta.length - next) {
            return false;
        }
        made.write(delta, next, length);
        next += length;
        return true;
    }

    private boolean copy(int instruction) {
        long offset = readParts(instruction, OFFSET_BYTES);
        long length = readParts(instruction >> OFFSET_BYTES, LENGTH_BYTES);
        length = length == 0 ? USUAL_LENGTH : length;
        if (offset < 0 || length < 0 || offset + length > base.length) {
            return false;
        }
        made.writeBytes(Arrays.copyOfRange(base, (int) offset, (int) (offset + length)));
        return true;
    }

    /** The bytes of a number that the bits name, the least first; -1 where one is missing. */
    private long readParts(int bits, int most) {
        long number = 0;
        for (int i = 0; i < most && number >= 0; i++) {
            if ((bits >> i & 1) != 0) {
                int part = read();
                number = part < 0 ? -1 : number | (long) part << (8 * i);
            }
        }
        return number;
    }

    /** Seven bits a byte, the least first, as long as the eighth is set; -1 where it has no end. */
    private long readLength() {
        long length = 0;
        for (int i = 0; i < MOST_DIGITS; i++) {
            int part = read();
            if (part < 0) {
                return -1;
            }
            length |= (long) (part & 0x7F) << (7 * i);
            if ((part & 0x80) == 0) {
                return length;
            }
        }
        return -1;
    }

    private int read() {
        return next < delta.length ? delta[next++] & 0xFF : -1;
    }
}
