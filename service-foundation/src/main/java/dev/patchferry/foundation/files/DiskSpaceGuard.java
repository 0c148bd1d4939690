package dev.patchferry.foundation.files;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the last of a disk for what was accepted already: its deliveries and its end have to be written, too.
 *
 * @param room how much this process may still write
 * @param bytes below this, nothing new begins
 */
public record DiskSpaceGuard(Supplier<DiskSpace.Room> room, long bytes) {
    /** For logs, receipts and what SQLite keeps beside its files. */
    static final long FILES = 1_000;

    private static final long MIB = 1 << 20;

    /** On a disk that never fills. */
    public static final DiskSpaceGuard NONE =
            new DiskSpaceGuard(() -> new DiskSpace.Room(Long.MAX_VALUE, Long.MAX_VALUE), 0);

    /** Why nothing new may begin; empty if it may. */
    public Optional<String> shortage() {
        DiskSpace.Room left = room.get();
        if (left.bytes() < bytes) {
            return Optional.of(
                    "only %d MiB are left on the disk of FERRY_HOME, and the last %d MiB are kept for what was"
                                    .formatted(left.bytes() / MIB, bytes / MIB)
                            + " accepted already; make room");
        }
        return left.files() < FILES
                ? Optional.of(
                        "only %d more files fit on the disk of FERRY_HOME (inodes), and the last %d are kept for what"
                                        .formatted(left.files(), FILES)
                                + " was accepted already; remove some")
                : Optional.empty();
    }
}
