package dev.patchferry.webhook.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.patchferry.webhook.store.Chronicle;
import dev.patchferry.webhook.store.Happening;
import dev.patchferry.webhook.store.Note;
import dev.patchferry.webhook.store.Origin;
import dev.patchferry.webhook.store.PatchStore;
import dev.patchferry.webhook.store.Place;
import dev.patchferry.webhook.store.TestStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
    @TempDir
    Path folder;

    private PatchStore store;
    private Tally tally;

    @BeforeEach
    void setUp() {
        store = TestStore.in(folder, Clock.systemUTC());
        tally = new Tally(store);
    }

    @AfterEach
    void tearDown() {
        store.close();
    }

    @Test
    void aThousandRefusalsOfOneKindAreOneNote() {
        for (int i = 0; i < 1_000; i++) {
            tally.count(refusal("10.0.0.1", "try " + i));
        }
        tally.count(refusal("10.0.0.2", "once"));

        tally.flush();

        assertThat(notes())
                .extracting(note -> note.from().address().orElse(""), Note::detail, Note::count)
                .containsExactly(tuple("10.0.0.1", "try 999", 1_000), tuple("10.0.0.2", "once", 1));
    }

    @Test
    void refusalsFromEverywhereAreNoMoreThanAHundredNotesWithNoneLost() {
        for (int i = 0; i < 50_000; i++) {
            tally.count(refusal("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, "x"));
        }

        tally.flush();

        assertThat(notes()).hasSizeLessThanOrEqualTo(101);
        assertThat(notes().stream().mapToInt(Note::count).sum()).isEqualTo(50_000);
    }

    @Test
    void nothingIsNotedTwice() {
        tally.count(refusal("10.0.0.1", "x"));

        tally.flush();
        tally.flush();

        assertThat(notes()).hasSize(1);
    }

    @Test
    void theFirstOfAKindIsNotedAtOnceAndTheRestTogether() throws InterruptedException {
        tally.start(new StartupEvent());

        tally.count(refusal("10.0.0.1", "first"));
        await().untilAsserted(() -> assertThat(notes()).extracting(Note::detail).containsExactly("first"));
        for (int i = 0; i < 9; i++) {
            tally.count(refusal("10.0.0.1", "again"));
        }
        tally.count(refusal("10.0.0.2", "another"));
        await().untilAsserted(() -> assertThat(notes()).extracting(Note::detail).contains("another"));
        assertThat(notes()).extracting(Note::detail).containsExactly("first", "another");

        tally.stop(new ShutdownEvent());
        assertThat(notes())
                .extracting(Note::detail, Note::count)
                .containsExactly(tuple("first", 1), tuple("another", 1), tuple("again", 9));
    }

    @Test
    void whatIsNotedTogetherNamesNoPatchUnlessItIsTheSame() {
        for (int i = 0; i < 200; i++) {
            tally.count(about("fix-" + i));
        }

        tally.flush();

        assertThat(notes())
                .extracting(note -> note.patchId().orElse("several"), Note::count)
                .contains(tuple("fix-0", 1), tuple("several", 100))
                .hasSize(101);
    }

    private static Note about(String patch) {
        Note note = refusal("10.0.0.1", "used before");
        return new Note(
                note.at(),
                note.kind(),
                note.outcome(),
                Optional.of("ci"),
                note.from(),
                Optional.of(patch),
                Optional.empty(),
                note.detail(),
                1);
    }

    private List<Note> notes() {
        return store.chronicle().after(Place.START, 1_000).happenings().stream()
                .map(Chronicle.Placed::happening)
                .filter(Happening.Noted.class::isInstance)
                .map(happening -> ((Happening.Noted) happening).note())
                .toList();
    }

    private static Note refusal(String address, String detail) {
        return new Note(
                Instant.parse("2026-03-01T12:00:00Z"),
                Note.Kind.REFUSED,
                "unauthenticated",
                Optional.empty(),
                new Origin(Optional.of(address), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                detail,
                1);
    }
}
