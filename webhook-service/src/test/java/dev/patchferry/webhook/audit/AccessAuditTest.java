package dev.patchferry.webhook.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchferry.webhook.HandClock;
import dev.patchferry.webhook.auth.AuthEvent;
import dev.patchferry.webhook.store.Chronicle;
import dev.patchferry.webhook.store.Happening;
import dev.patchferry.webhook.store.Note;
import dev.patchferry.webhook.store.Origin;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.Place;
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

    private Tally tally;
    private AccessAudit audit;

    @BeforeEach
    void setUp() {
        store = TestStore.in(folder, clock);
        tally = new Tally(store);
        audit = new AccessAudit(store, tally, clock);
    }

    @Test
    void notesEachPrincipalThatCameWentOrChanged() {
        audit.principalsChanged(
                new AuthEvent.PrincipalsChanged(Set.of("new-b", "new-a"), Set.of("gone"), Set.of("other")));

        assertThat(notes())
                .allSatisfy(note -> {
                    assertThat(note.kind()).isEqualTo(Note.Kind.ACCESS);
                    assertThat(note.at()).isEqualTo(clock.instant());
                })
                .extracting(Note::outcome, note -> note.principal().orElse(""))
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
                .allSatisfy(note -> assertThat(note.detail()).contains("signing secrets"))
                .extracting(Note::outcome, note -> note.principal().orElse(""))
                .containsExactly(tuple("changed", "github"), tuple("changed", "webhook"));
    }

    @Test
    void anAddressThatIsSlowedDownIsCountedWithTheRefusals() {
        audit.throttled(new AuthEvent.Throttled("203.0.113.9"));
        audit.throttled(new AuthEvent.Throttled("203.0.113.9"));
        assertThat(notes()).isEmpty();

        tally.flush();

        assertThat(notes())
                .extracting(Note::kind, Note::outcome, Note::from, Note::count)
                .containsExactly(tuple(
                        Note.Kind.REFUSED, "throttled", new Origin(Optional.of("203.0.113.9"), Optional.empty()), 2));
    }

    private List<Note> notes() {
        return store.chronicle().after(Place.START, 100).happenings().stream()
                .map(Chronicle.Placed::happening)
                .map(happening -> ((Happening.Noted) happening).note())
                .toList();
    }
}
