package dev.patchferry.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Optional;

/**
 * One numbered entry of the runner's journal: a patch came to a state. Numbers grow without gaps that a reader could
 * miss; applying an event twice changes nothing.
 *
 * @param cursor this event's place in the journal
 * @param patchId the patch
 * @param contentHash its content; an event for another content under the same id is not about this patch
 * @param attempt 1 for the first execution, one more for each execution an operator asked for
 * @param status the state it came to
 * @param reason why
 * @param at when
 * @param receipt what happened, once {@code status} ends the execution
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PatchEvent(
        EventCursor cursor,
        PatchId patchId,
        ContentHash contentHash,
        int attempt,
        PatchStatus status,
        String reason,
        Instant at,
        Optional<Receipt> receipt) {}
