package dev.patchferry.webhook.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.webhook.store.ActivityEvent;
import dev.patchferry.webhook.store.ActivityLog.PositionedEvent;
import dev.patchferry.webhook.store.AuditEntry;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One record as it is shown.
 *
 * @param place what {@code after} takes to go on behind it
 * @param kind {@code accepted, state, action, refused} or {@code access}
 * @param outcome the state, the action, the type of the refusal, or what was changed
 * @param principal who sent the patch; who asked; who was refused, if they proved who they are
 * @param address the other end of the connection
 * @param forwardedFor whom {@code CF-Connecting-IP} named
 * @param count how many this stands for
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record AuditRecord(
        String place,
        Instant at,
        String kind,
        String outcome,
        Optional<String> principal,
        Optional<String> address,
        Optional<String> forwardedFor,
        Optional<String> patchId,
        Optional<String> workspace,
        Optional<String> contentHash,
        String detail,
        int count) {
    private static final int SHORT = 160;

    static AuditRecord of(PositionedEvent placed) {
        String place = placed.after().toString();
        return switch (placed.event()) {
            case ActivityEvent.Changed changed -> of(place, changed, changed.change());
            case ActivityEvent.Noted(long _, AuditEntry auditEntry) -> of(place, auditEntry);
        };
    }

    private static AuditRecord of(String place, ActivityEvent.Changed changed, StatusChange change) {
        return new AuditRecord(
                place,
                change.at(),
                changed.isAcceptance() ? "accepted" : "state",
                change.status().wireName(),
                Optional.of(changed.principal()),
                changed.from().address(),
                changed.from().forwardedFor(),
                Optional.of(changed.id().value()),
                Optional.of(changed.workspace().value()),
                Optional.of(changed.hash().hex()),
                change.reason(),
                1);
    }

    private static AuditRecord of(String place, AuditEntry auditEntry) {
        return new AuditRecord(
                place,
                auditEntry.at(),
                auditEntry.kind().name().toLowerCase(Locale.ROOT),
                auditEntry.outcome(),
                auditEntry.principal(),
                auditEntry.from().address(),
                auditEntry.from().forwardedFor(),
                auditEntry.patchId(),
                Optional.empty(),
                auditEntry.contentHash(),
                auditEntry.detail(),
                auditEntry.count());
    }

    /** With as much of the detail as a page has room for; characters that JSON would escape become blanks. */
    AuditRecord inShort() {
        String start = detail.substring(0, Math.min(detail.length(), SHORT)).replaceAll("[\\p{Cntrl}\"\\\\]", " ");
        return new AuditRecord(
                place,
                at,
                kind,
                outcome,
                principal,
                address,
                forwardedFor,
                patchId,
                workspace,
                contentHash,
                start,
                count);
    }
}
