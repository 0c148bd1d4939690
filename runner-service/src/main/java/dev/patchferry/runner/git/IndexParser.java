package dev.patchferry.runner.git;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads git's index, versions 2 to 4, with names of objects of one length. Of a split index only what is in the file itself.
 *
 * @see <a href="https://git-scm.com/docs/gitformat-index">gitformat-index(5)</a>
 */
final class IndexParser {
    static final int SHA_1 = 20;
    static final int SHA_256 = 32;

    private static final int SIGNATURE = 0x44495243; // DIRC
    private static final int SHARED = 0x6c696e6b; // link
    private static final int STAT_BYTES = 24;
    private static final int AFTER_MODE = 12;
    private static final int EXTENDED = 0x4000;
    private static final int ALIGNED_TO = 8;
    private static final int LONGEST_NAME = 1 << 20;

    private final ByteBuffer in;
    private final int idBytes;
    private byte[] name = {};
    private boolean isSplit;

    private IndexParser(byte[] index, int idBytes) {
        this.in = ByteBuffer.wrap(index);
        this.idBytes = idBytes;
    }

    /** Whether git would take this for an index at all. */
    static boolean isIndex(byte[] bytes) {
        return bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == SIGNATURE;
    }

    /** Whether the most of it is in another file, as with {@code core.splitIndex}. */
    static boolean isSplit(byte[] index) {
        return isSplit(index, SHA_1) || isSplit(index, SHA_256);
    }

    private static boolean isSplit(byte[] index, int idBytes) {
        try {
            IndexParser parser = new IndexParser(index, idBytes);
            return parser.entries().isPresent() && parser.isSplit;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * An entry and where it is.
     *
     * @param at the offset of its first byte
     */
    record Located(IndexEntry entry, int at) {}

    /** The entries, in order; empty if these bytes are no index whose objects have names of this length. */
    static Optional<List<IndexEntry>> parse(byte[] index, int idBytes) {
        return locate(index, idBytes)
                .map(entries -> entries.stream().map(Located::entry).toList());
    }

    /** The same, each with its place. */
    static Optional<List<Located>> locate(byte[] index, int idBytes) {
        try {
            return new IndexParser(index, idBytes).entries();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<List<Located>> entries() {
        int signature = in.getInt();
        int version = in.getInt();
        int count = in.getInt();
        if (signature != SIGNATURE || version < 2 || version > 4 || count < 0) {
            return Optional.empty();
        }
        List<Located> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = in.position();
            entries.add(new Located(entry(version), at));
        }
        if (!endsWell()) {
            return Optional.empty();
        }
        // What a split index only replaces has its name in the other file.
        entries.removeIf(located -> isSplit && located.entry().path().isEmpty());
        return Optional.of(entries);
    }

    private IndexEntry entry(int version) {
        int start = in.position();
        in.position(start + STAT_BYTES);
        String mode = Integer.toOctalString(in.getInt());
        in.position(in.position() + AFTER_MODE);
        byte[] id = new byte[idBytes];
        in.get(id);
        int flags = in.getShort();
        if ((flags & EXTENDED) != 0) {
            in.getShort();
        }
        name = version == 4 ? shared() : untilNul();
        if (version != 4) {
            int length = in.position() - 1 - start;
            in.position(start + (length / ALIGNED_TO + 1) * ALIGNED_TO);
        }
        return new IndexEntry(
                new String(name, StandardCharsets.UTF_8), mode, HexFormat.of().formatHex(id), (flags >> 12) & 3);
    }

    /** Version 4: how much of the end of the name before goes, and what stands there instead. */
    private byte[] shared() {
        int b = in.get();
        long gone = b & 0x7f;
        while ((b & 0x80) != 0) {
            b = in.get();
            gone = ((gone + 1) << 7) | (b & 0x7f);
            if (gone > LONGEST_NAME) {
                throw new IllegalArgumentException("takes more off a name than one has");
            }
        }
        if (gone < 0 || gone > name.length) {
            throw new IllegalArgumentException("takes more off a name than it has");
        }
        int kept = name.length - (int) gone;
        byte[] rest = untilNul();
        byte[] whole = Arrays.copyOf(Arrays.copyOf(name, kept), kept + rest.length);
        System.arraycopy(rest, 0, whole, kept, rest.length);
        return whole;
    }

    private byte[] untilNul() {
        int start = in.position();
        while (in.get() != 0) {
            // goes on
        }
        return Arrays.copyOfRange(in.array(), start, in.position() - 1);
    }

    /** Behind the entries: extensions, each with its length, and a checksum. */
    private boolean endsWell() {
        while (in.remaining() > idBytes) {
            isSplit |= in.getInt() == SHARED;
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - idBytes) {
                return false;
            }
            in.position(in.position() + length);
        }
        return in.remaining() == idBytes;
    }
}
