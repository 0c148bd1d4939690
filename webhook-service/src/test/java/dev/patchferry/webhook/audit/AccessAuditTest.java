package dev.patchferry.webhook.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchferry.webhook.HandClock;
import dev.patchferry.webhook.auth.AuthEvent;
import dev.patchferry.webhook.store.ActivityEvent;
import dev.patchferry.webhook.store.ActivityLog;
import dev.patchferry.webhook.store.AuditEntry;
import dev.patchferry.webhook.store.FeedCursor;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.RequestOrigin;
import dev.patchferry.webhook.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessAuditTest {
    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();

    @AutoClose
    private PatchStore store;

    private RefusalAggregator refusalAggregator;
    private AccessAudit audit;

    @BeforeEach
    void setUp() {
        store = TestStore.in(folder, clock);
        refusalAggregator = new RefusalAggregator(store);
        audit = new AccessAudit(store, refusalAggregator, clock);
    }

    @Test
    void notesEachPrincipalThatCameWentOrChanged() {
        audit.principalsChanged(
                new AuthEvent.PrincipalsChanged(Set.of("new-b", "new-a"), Set.of("gone"), Set.of("other")));

        assertThat(notes())
                .allSatisfy(auditEntry -> {
                    assertThat(auditEntry.kind()).isEqualTo(AuditEntry.Kind.ACCESS);
                    assertThat(auditEntry.at()).isEqualTo(clock.instant());
                })
                .extracting(
                        AuditEntry::outcome,
                        auditEntry -> auditEntry.principal().orElse(""))
                .containsExactly(
                        tuple("added", "new-a"),
                        tuple("added", "new-b"),
                        tuple("revoked", "gone"),
                        tuple("changed", "other"));
    }

    @Test
    void notesWhoseSigningSecretsAreOthers() {
        audit.secretsChanged(new AuthEvent.SecretsChanged(Set.of("webhook", "github")));

        assertThat(notes())
                .allSatisfy(auditEntry -> assertThat(auditEntry.detail()).contains("signing secrets"))
                .extracting(
                        AuditEntry::outcome,
                        auditEntry -> auditEntry.principal().orElse(""))
                .containsExactly(tuple("changed", "github"), tuple("changed", "webhook"));
    }

    @Test
    void anAddressThatIsSlowedDownIsCountedWithTheRefusals() {
        audit.throttled(new AuthEvent.Throttled("203.0.113.9"));
        audit.throttled(new AuthEvent.Throttled("203.0.113.9"));
        assertThat(notes()).isEmpty();

        refusalAggregator.flush();

        assertThat(notes())
                .extracting(AuditEntry::kind, AuditEntry::outcome, AuditEntry::from, AuditEntry::count)
                .containsExactly(tuple(
                        AuditEntry.Kind.REFUSED,
                        "throttled",
                        new RequestOrigin(Optional.of("203.0.113.9"), Optional.empty()),
                        2));
    }

    private List<AuditEntry> notes() {
        return store.activityLog().after(FeedCursor.START, 100).events().stream()
                .map(ActivityLog.PositionedEvent::event)
                .map(activityEvent -> ((ActivityEvent.Noted) activityEvent).note())
                .toList();
    }
}
