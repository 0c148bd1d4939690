package dev.patchferry.runner.git;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an index says of its files besides their content: times, numbers and owners, by which git tells without reading a
 * file that it was not changed. They can be brought up to date; nothing else of the index changes.
 *
 * @see <a href="https://git-scm.com/docs/gitformat-index">gitformat-index(5)</a>
 */
public final class IndexStats {
    private static final int CHANGED = 0;
    private static final int MODIFIED = 8;
    private static final int DEVICE = 16;
    private static final int INODE = 20;
    private static final int USER = 28;
    private static final int GROUP = 32;
    private static final int SIZE = 36;
    private static final int ALL_BYTES = 40;
    private static final String REGULAR = "100";
    private static final String LINK = "120000";

    private final ByteBuffer index;
    private final int idBytes;
    private final List<IndexedFile> files;

    private IndexStats(byte[] index, int idBytes, List<IndexParser.Located> entries) {
        this.index = ByteBuffer.wrap(index.clone());
        this.idBytes = idBytes;
        this.files = entries.stream()
                .filter(located -> located.entry().stage() == 0)
                .filter(located -> located.entry().mode().startsWith(REGULAR)
                        || located.entry().mode().equals(LINK))
                .map(located -> new IndexedFile(
                        located.entry().path(),
                        located.entry().mode().equals(LINK),
                        located.entry().id(),
                        located.at()))
                .toList();
    }

    /**
     * A file or link of the index.
     *
     * @param path relative to the worktree
     * @param id of its content, in hex
     * @param at where its entry is
     */
    public record IndexedFile(String path, boolean isLink, String id, int at) {}

    /** What the kernel says of a file, lstat(2). */
    public record IndexedStat(
            Instant changed, Instant modified, long device, long inode, int user, int group, long size) {}

    /** Those of an index that is whole; empty for anything else. */
    public static Optional<IndexStats> of(byte[] index) {
        return Stream.of(IndexParser.SHA_1, IndexParser.SHA_256)
                .filter(idBytes -> hasChecksum(index, idBytes))
                .flatMap(idBytes ->
                        IndexParser.locate(index, idBytes)
                                .map(entries -> new IndexStats(index, idBytes, entries))
                                .stream())
                .findFirst();
    }

    public List<IndexedFile> files() {
        return files;
    }

    /** Whether the file has still the length and the time of the last change of its content that git saw. */
    public boolean hasLengthAndTime(IndexedFile file, IndexedStat stat) {
        return index.getInt(file.at() + SIZE) == (int) stat.size() && isTime(file.at() + MODIFIED, stat.modified());
    }

    /** Whether the file was not changed in any way since git saw it. */
    public boolean hasChangeTime(IndexedFile file, IndexedStat stat) {
        return isTime(file.at() + CHANGED, stat.changed());
    }

    /** Whether two indexes say the same of a file. */
    public boolean isSame(IndexedFile file, IndexStats other, IndexedFile there) {
        return index.slice(file.at(), ALL_BYTES).equals(other.index.slice(there.at(), ALL_BYTES));
    }

    /** Takes over what the kernel says; true if that is something else than before. */
    public boolean refresh(IndexedFile file, IndexedStat stat) {
        ByteBuffer before = ByteBuffer.allocate(ALL_BYTES)
                .put(index.slice(file.at(), ALL_BYTES))
                .flip();
        putTime(file.at() + CHANGED, stat.changed());
        putTime(file.at() + MODIFIED, stat.modified());
        index.putInt(file.at() + DEVICE, (int) stat.device())
                .putInt(file.at() + INODE, (int) stat.inode())
                .putInt(file.at() + USER, stat.user())
                .putInt(file.at() + GROUP, stat.group())
                .putInt(file.at() + SIZE, (int) stat.size());
        return !before.equals(index.slice(file.at(), ALL_BYTES));
    }

    /** The index as it is now, with its checksum if it had one. */
    public byte[] bytes() {
        byte[] bytes = index.array().clone();
        int end = bytes.length - idBytes;
        if (!isWithoutChecksum(bytes, idBytes)) {
            System.arraycopy(digest(bytes, idBytes), 0, bytes, end, idBytes);
        }
        return bytes;
    }

    private boolean isTime(int at, Instant time) {
        return index.getInt(at) == (int) time.getEpochSecond() && index.getInt(at + Integer.BYTES) == time.getNano();
    }

    private void putTime(int at, Instant time) {
        index.putInt(at, (int) time.getEpochSecond()).putInt(at + Integer.BYTES, time.getNano());
    }

    private static boolean hasChecksum(byte[] index, int idBytes) {
        return index.length > idBytes
                && (isWithoutChecksum(index, idBytes)
                        || Arrays.equals(
                                digest(index, idBytes),
                                Arrays.copyOfRange(index, index.length - idBytes, index.length)));
    }

    /** As with {@code index.skipHash}. */
    private static boolean isWithoutChecksum(byte[] index, int idBytes) {
        return Arrays.equals(new byte[idBytes], Arrays.copyOfRange(index, index.length - idBytes, index.length));
    }

    private static byte[] digest(byte[] index, int idBytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(idBytes == IndexParser.SHA_1 ? "SHA-1" : "SHA-256");
            digest.update(index, 0, index.length - idBytes);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1 and SHA-256", e);
        }
    }
}
