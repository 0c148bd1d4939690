package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command changes something in a folder, which the owner then exchanges for another one while the command runs on. */
@Timeout(60)
class SwappedFolderOutcomesTest {
    @TempDir
    Path folder;

    private RunnerBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder).start();
        bench.workspace
                .file("conf/sub/app.txt", "blue")
                .file("conf.new/sub/app.txt", "green")
                .file("z.txt", "z");
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo patched > conf/sub/app.txt",
                "rm conf/sub/app.txt",
                "chmod 600 conf/sub/app.txt",
                "chmod 700 conf/sub",
                "rm -r conf/sub",
                "touch conf/sub/new.txt"
            })
    void S6_theFolderThatIsThereNowIsLeftAlone(String change) throws IOException {
        PatchId patch = bench.offer(shell("a", change + "; " + RunnerBench.waiting("true")));
        bench.awaitBegun();
        Path root = bench.workspace.root();
        Files.move(root.resolve("conf"), root.resolve("conf.old"));
        Files.move(root.resolve("conf.new"), root.resolve("conf"));
        bench.letGo();

        Receipt receipt = bench.receipt(patch);

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).startsWith("conflict: conf");
        assertThat(bench.workspace.content())
                .contains(
                        "rw-r--r-- conf/sub/app.txt \"green\"",
                        "rwxr-xr-x conf/sub/",
                        "rw-r--r-- conf.old/sub/app.txt \"blue\"")
                .noneMatch(line -> line.contains("new.txt"));
    }

    @Test
    void S6_whatOthersAddToAFolderMeanwhileIsNoConflict() throws IOException {
        PatchId patch = bench.offer(shell("a", "echo patched > conf/sub/app.txt; " + RunnerBench.waiting("true")));
        bench.awaitBegun();
        bench.workspace
                .file("conf/sub/beside.txt", "mine")
                .file("conf/beside.txt", "mine")
                .file("beside.txt", "mine");
        bench.letGo();

        assertThat(bench.receipt(patch).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void S6_aLinkInThePlaceOfTheWorkspaceIsNotFollowed() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("z.txt"), "outside");
        PatchId patch = bench.offer(shell("a", "echo patched > z.txt; " + RunnerBench.waiting("true")));
        bench.awaitBegun();
        Files.move(bench.workspace.root(), folder.resolve("old"));
        Files.createSymbolicLink(bench.workspace.root(), outside);
        bench.letGo();

        Receipt receipt = bench.receipt(patch);

        assertThat(receipt.reason()).startsWith("conflict: the workspace's own folder");
        assertThat(outside.resolve("z.txt")).hasContent("outside");
        assertThat(folder.resolve("old/z.txt")).hasContent("z");
    }
}
