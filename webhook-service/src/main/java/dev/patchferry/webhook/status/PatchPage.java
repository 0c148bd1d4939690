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
    private static final int MAX_REASON = 60;
    /** Principals have 64 characters at most; what a long one takes is taken from the reason. */
    private static final int MAX_PRINCIPAL_AND_REASON = 70;

    /**
     * One patch in short. Small enough that the largest page stays below 90,000 characters.
     *
     * @param principal who sent it
     * @param reason the beginning of it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Entry(
            PatchId id,
            PatchStatus status,
            boolean terminal,
            WorkspaceName workspace,
            String principal,
            String reason,
            Instant acceptedAt,
            Instant changedAt) {
        static Entry of(StoredPatch patch) {
            return new Entry(
                    patch.id(),
                    patch.status(),
                    patch.status().isTerminal(),
                    patch.workspace(),
                    patch.principal(),
                    beginning(patch.reason(), patch.principal()),
                    patch.acceptedAt(),
                    patch.changedAt());
        }

        /** Characters that JSON would escape at six times their length become blanks. */
        private static String beginning(String reason, String principal) {
            int most = Math.min(MAX_REASON, MAX_PRINCIPAL_AND_REASON - principal.length());
            String start = reason.substring(0, Math.min(reason.length(), most));
            return start.replaceAll("\\p{Cntrl}", " ");
        }
    }
}
