package dev.patchferry.runner.logs;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.journal.JournaledPatch;
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
class PatchFileMirrorTest {
    @TempDir
    Path folder;

    @Test
    void Y19_noIdHasTheFilesOfAnother() throws IOException {
        PatchFileMirror view =
                new PatchFileMirror(folder, new PatchLogs(Files.createDirectory(folder.resolve("logs"))));
        List<JournaledPatch> entries = Stream.of(
                        "a", "a.receipt", "a.receipt.receipt", "a.log", "a.json", "a.receipt.json")
                .map(id -> entry(id))
                .toList();

        entries.forEach(journaledPatch -> view.ended(
                journaledPatch,
                "document of " + journaledPatch.id(),
                Receipts.ended(PatchStatus.FAILED, "reason of " + journaledPatch.id())));

        for (JournaledPatch journaledPatch : entries) {
            assertThat(view.isShown(journaledPatch))
                    .as("%s", journaledPatch.id())
                    .isTrue();
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
        PatchFileMirror view =
                new PatchFileMirror(folder, new PatchLogs(Files.createDirectory(folder.resolve("logs"))));
        Path old = Files.writeString(folder.resolve("a.receipt.json"), "document");

        view.ended(entry("a.receipt"), "document", Receipts.ended(PatchStatus.FAILED, "it failed"));

        assertThat(old).doesNotExist();
    }

    private static JournaledPatch entry(String id) {
        return new JournaledPatch(
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
