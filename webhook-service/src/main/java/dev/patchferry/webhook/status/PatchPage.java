package dev.patchferry.webhook.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.StoredPatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some patches, newest first.
 *
 * @param next the path of the next page; absent on the last
 */
record PatchPage(List<Entry> patches, Optional<String> next) {
    private static final int LONGEST_REASON = 60;

    /**
     * One patch in short. Small enough that the largest page stays below 90,000 characters.
     *
     * @param reason the beginning of it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Entry(
            PatchId id,
            PatchStatus status,
            boolean terminal,
            WorkspaceName workspace,
            String reason,
            Instant acceptedAt,
            Instant changedAt) {
        static Entry of(StoredPatch patch) {
            return new Entry(
                    patch.id(),
                    patch.status(),
                    patch.status().isTerminal(),
                    patch.workspace(),
                    plain(patch.reason()),
                    patch.acceptedAt(),
                    patch.changedAt());
        }

        /** Characters that JSON would escape at six times their length become blanks. */
        private static String plain(String reason) {
            String start = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
            return start.replaceAll("\\p{Cntrl}", " ");
        }
    }
}
