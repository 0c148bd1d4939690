package dev.patchferry.webhook.audit;

import dev.patchferry.webhook.auth.AuthEvent;
import dev.patchferry.webhook.store.AuditEntry;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RequestOrigin;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Notes what happens to access itself: principals that come, go or change, and addresses that are throttled. */
@Singleton
class AccessAudit {
    private static final String OF_PRINCIPALS = "the file of principals was changed on this machine";
    private static final String OF_SECRETS = "the file of its signing secrets was changed on this machine";

    private final PatchStore store;
    private final RefusalAggregator refusalAggregator;
    private final Clock clock;

    AccessAudit(PatchStore store, RefusalAggregator refusalAggregator, Clock clock) {
        this.store = store;
        this.refusalAggregator = refusalAggregator;
        this.clock = clock;
    }

    /** One note for each principal, durable when this returns. */
    void principalsChanged(@Observes AuthEvent.PrincipalsChanged change) {
        List<AuditEntry> notes = new ArrayList<>();
        add(notes, "added", change.added(), OF_PRINCIPALS);
        add(notes, "revoked", change.revoked(), OF_PRINCIPALS);
        add(notes, "changed", change.changed(), OF_PRINCIPALS);
        store.activityLog().note(notes);
    }

    /** One note for each sender that signs, durable when this returns. */
    void secretsChanged(@Observes AuthEvent.SecretsChanged change) {
        List<AuditEntry> notes = new ArrayList<>();
        add(notes, "changed", change.senders(), OF_SECRETS);
        store.activityLog().note(notes);
    }

    /** Counted with the refusals, which an attacker causes. */
    void throttled(@Observes AuthEvent.Throttled from) {
        refusalAggregator.count(note(
                AuditEntry.Kind.REFUSED,
                "throttled",
                Optional.empty(),
                new RequestOrigin(Optional.of(from.address()), Optional.empty()),
                "too many wrong credentials; further ones are answered 429"));
    }

    private void add(List<AuditEntry> notes, String what, Set<String> principals, String how) {
        for (String principal : new TreeSet<>(principals)) {
            notes.add(note(AuditEntry.Kind.ACCESS, what, Optional.of(principal), RequestOrigin.UNKNOWN, how));
        }
    }

    private AuditEntry note(
            AuditEntry.Kind kind, String outcome, Optional<String> principal, RequestOrigin from, String detail) {
        return new AuditEntry(
                clock.instant(), kind, outcome, principal, from, Optional.empty(), Optional.empty(), detail, 1);
    }
}
