package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a power cut a file system may have any of the writes and renames since it was last synced, and not the others.
 * So what matters is which sync came before what; the flight recorder tells.
 */
@Timeout(60)
class PowerCutTest {
    private static final String SYNC = "dev.patchferry.FileSystemSync";
    private static final Map<String, String> WORDS =
            Map.of("dev.patchferry.DatabaseCommit", "journal ", SYNC, "sync ", "dev.patchferry.FileRename", "rename ");
    /** The journal knows of the commit after all that it needs is on disk, and of its end after the last rename is. */
    private static final String SAFE = "(journal )+(sync )+journal (rename )+(sync )+(journal )+";

    @TempDir
    Path folder;

    private RunnerBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder).start();
        bench.workspace.file("a.txt", "a").file("b.txt", "b").file("old/c.txt", "c");
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void P56_aCommitIsOnDiskBeforeTheJournalSaysSo() throws IOException {
        List<RecordedEvent> events = recorded(() ->
                bench.run(shell("patch", "echo more >> a.txt; rm b.txt; rm -r old; mkdir new; echo d > new/d.txt")));

        assertThat(order(events)).matches(SAFE);
        assertThat(synced(events).getFirst()).startsWith(bench.workspace.transactions() + "/");
        assertThat(synced(events).getLast()).isEqualTo(bench.workspace.root().toString());
    }

    @Test
    void P56_anUndoIsOnDiskBeforeTheJournalSaysSo() throws IOException {
        bench.run(shell("patch", "echo more >> a.txt; rm -r old"));

        List<RecordedEvent> events = recorded(() ->
                bench.undo(new PatchId("patch"), PatchStatus.UNDONE, RunnerBench.SUBMITTER, Duration.ofSeconds(30)));

        assertThat(order(events)).matches(SAFE);
        assertThat(synced(events).getLast()).isEqualTo(bench.workspace.root().toString());
    }

    private List<RecordedEvent> recorded(Runnable work) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            WORDS.keySet().forEach(event -> recording.enable(event).withoutThreshold());
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> WORDS.containsKey(event.getEventType().getName()))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
    }

    private static String order(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> WORDS.get(event.getEventType().getName()))
                .collect(Collectors.joining());
    }

    private static List<String> synced(List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(SYNC))
                .map(event -> event.getString("path"))
                .toList();
    }
}
