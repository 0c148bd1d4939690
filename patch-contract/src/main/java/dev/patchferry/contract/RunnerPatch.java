package dev.patchferry.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A patch as the runner knows it.
 *
 * @param id the patch
 * @param contentHash its content
 * @param workspace where it runs
 * @param status where it is
 * @param terminal whether that is an end
 * @param reason why it is there
 * @param attempt which execution this is, from 1
 * @param duplicate whether the request that this answers had been sent before
 * @param acceptedAt when the runner journalled it
 * @param history every state it came to, in order
 * @param receipt once ended
 * @param changeSet what an approval has to name, while one is awaited: of a held patch its content hash, of a proposed
 *     one the SHA-256 of what it would bring in
 * @param event the newest event about it, which a request for a change names; empty from a runner that does not tell
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunnerPatch(
        PatchId id,
        ContentHash contentHash,
        WorkspaceName workspace,
        PatchStatus status,
        boolean terminal,
        String reason,
        int attempt,
        boolean duplicate,
        Instant acceptedAt,
        List<StatusChange> history,
        Optional<Receipt> receipt,
        Optional<String> changeSet,
        Optional<EventCursor> event) {
    public RunnerPatch {
        history = List.copyOf(history);
        changeSet = changeSet == null ? Optional.empty() : changeSet;
        event = event == null ? Optional.empty() : event;
    }

    /** Of a patch about which nobody has to decide, without its event. */
    public RunnerPatch(
            PatchId id,
            ContentHash contentHash,
            WorkspaceName workspace,
            PatchStatus status,
            boolean terminal,
            String reason,
            int attempt,
            boolean duplicate,
            Instant acceptedAt,
            List<StatusChange> history,
            Optional<Receipt> receipt) {
        this(
                id,
                contentHash,
                workspace,
                status,
                terminal,
                reason,
                attempt,
                duplicate,
                acceptedAt,
                history,
                receipt,
                Optional.empty(),
                Optional.empty());
    }
}
