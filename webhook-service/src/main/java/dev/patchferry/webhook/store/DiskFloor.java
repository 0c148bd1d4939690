package dev.patchferry.webhook.store;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps the last of the disk for what was accepted already: its deliveries and its end have to be written, too.
 *
 * @param free how many bytes this process may still write
 * @param bytes below this, nothing new is accepted
 */
record DiskFloor(LongSupplier free, long bytes) {
    private static final long MIB = 1 << 20;

    /** Why nothing new can be accepted; empty if it can. */
    Optional<String> shortage() {
        long left = free.getAsLong();
        return left >= bytes
                ? Optional.empty()
                : Optional.of("only %d MiB are left on the disk of the store, and the last %d MiB are kept for what was"
                                .formatted(left / MIB, bytes / MIB)
                        + " accepted already");
    }
}
