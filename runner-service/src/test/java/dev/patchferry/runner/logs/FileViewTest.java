package dev.patchferry.runner.logs;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.journal.Entry;
import dev.patchferry.runner.journal.Receipts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The patches as files, for people. */
class FileViewTest {
    @TempDir
    Path folder;

    @Test
    void Y19_noIdHasTheFilesOfAnother() throws IOException {
        FileView view = new FileView(folder, new PatchLogs(Files.createDirectory(folder.resolve("logs"))));
        List<Entry> entries = Stream.of("a", "a.receipt", "a.receipt.receipt", "a.log", "a.json", "a.receipt.json")
                .map(id -> entry(id))
                .toList();

        entries.forEach(entry -> view.ended(
                entry, "document of " + entry.id(), Receipts.ended(PatchStatus.FAILED, "reason of " + entry.id())));

        for (Entry entry : entries) {
            assertThat(view.isShown(entry)).as("%s", entry.id()).isTrue();
        }
        Path failed = folder.resolve(".failed");
        assertThat(failed.resolve("a.json")).hasContent("document of a");
        assertThat(Files.readString(failed.resolve("a.receipt.json"))).contains("reason of a\"");
        assertThat(failed.resolve("a%2Ereceipt.json")).hasContent("document of a.receipt");
        assertThat(Files.readString(failed.resolve("a%2Ereceipt.receipt.json"))).contains("reason of a.receipt\"");
        try (Stream<Path> files = Files.list(failed)) {
            assertThat(files).hasSize(2 * entries.size());
        }
    }

    @Test
    void Y19_whatAnEarlierVersionWroteOfAWaitingPatchGoes() throws IOException {
        FileView view = new FileView(folder, new PatchLogs(Files.createDirectory(folder.resolve("logs"))));
        Path old = Files.writeString(folder.resolve("a.receipt.json"), "document");

        view.ended(entry("a.receipt"), "document", Receipts.ended(PatchStatus.FAILED, "it failed"));

        assertThat(old).doesNotExist();
    }

    private static Entry entry(String id) {
        return new Entry(
                id.length(),
                new PatchId(id),
                shell(id, "true").hash(),
                WorkspaceName.DEFAULT,
                "me",
                List.of(),
                1,
                PatchStatus.FAILED,
                "",
                Instant.EPOCH,
                Optional.empty());
    }
}
