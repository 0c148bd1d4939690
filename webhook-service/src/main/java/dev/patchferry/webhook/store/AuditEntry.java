package dev.patchferry.webhook.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What is noted beside the changes of patches. Never holds a credential.
 *
 * @param at when; of several, the last
 * @param outcome a stable word: what was asked for, why it was refused, what was changed
 * @param principal who, if somebody proved who they are
 * @param from where it came from
 * @param patchId as it was sent
 * @param contentHash of what was sent
 * @param detail for a person
 * @param count how many this stands for
 */
public record AuditEntry(
        Instant at,
        Kind kind,
        String outcome,
        Optional<String> principal,
        RequestOrigin from,
        Optional<String> patchId,
        Optional<String> contentHash,
        String detail,
        int count) {
    /** What it is about. */
    public enum Kind {
        /** Somebody was not let in, or not let do something. */
        REFUSED,
        /** Somebody asked for something to be done about a patch. */
        ACTION,
        /** Who may come in was changed. */
        ACCESS
    }
}
