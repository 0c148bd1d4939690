package dev.patchferry.runner.journal;

import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Receipts for tests that only care for how a patch ended. */
public final class Receipts {
    private Receipts() {}

    public static Receipt ended(PatchStatus outcome, String reason) {
        return new Receipt(
                "summary",
                outcome,
                reason,
                Optional.of("shell"),
                Optional.of("role"),
                Optional.empty(),
                Instant.parse("2026-11-22T10:15:30Z"),
                List.of(),
                0,
                List.of(),
                0,
                "",
                0,
                "",
                0,
                List.of(),
                Enforced.nothingRan(),
                new Receipt.Undo(false, "nothing took effect"));
    }
}
