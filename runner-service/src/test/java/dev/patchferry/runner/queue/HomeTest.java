package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.journal.Documents;
import dev.patchferry.runner.journal.Offers;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HOME is one principal's, and only a patch that took effect leaves anything in it but downloads. */
@Timeout(60)
class HomeTest {
    private static final String LIST = "find ~ -mindepth 1 | sort > found.txt";

    @TempDir
    Path folder;

    private RunnerBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder).start();
    }

    @AfterEach
    void tearDown() throws IOException {
        bench.close();
        // deeper than whoever tidies up after tests can go
        Trees.delete(folder.resolve("home"));
    }

    @Test
    void Y9_whatSucceedsKeepsItsHome() throws IOException {
        run("one", "mkdir -p ~/a/b; echo 1 > ~/a/b/c; echo 2 > ~/d; ln -s /etc ~/link");
        run("two", "rm ~/d ~/a/b/c; echo 3 > ~/a/e; chmod 500 ~/a; rm ~/link; mkdir ~/link; echo 4 > ~/link/f");

        assertThat(found())
                .isEqualTo("/home/patch/a /home/patch/a/b /home/patch/a/e /home/patch/link /home/patch/link/f");
        run("three", "rm -rf ~/link; chmod 700 ~/a; echo 5 > ~/a/g; rmdir ~/a/b");
        assertThat(found()).isEqualTo("/home/patch/a /home/patch/a/e /home/patch/a/g");
    }

    @Test
    void Y9_whatALaterStepLeavesThereIsKeptThoughAnEarlierOneLeftNothing() throws IOException {
        Receipt receipt = bench.run(Documents.read("""
                {"id": "steps", "mutations": [{"path": "a.txt", "contents": "a"}],
                 "postMutationBuild": ["true", "echo 1 > ~/kept", "cat ~/kept", "true"]}
                """));
        assertThat(receipt.outcome()).as(receipt.reason()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(receipt.logTail()).isEqualTo("1\n");

        assertThat(found()).isEqualTo("/home/patch/kept");
    }

    @Test
    void Y9_aDryRunLeavesNothingThere() throws IOException {
        PatchId dry = bench.offer(Documents.read("""
                {"id": "dry", "role": "command_patch", "target_file": "x", "dry_run": true,
                 "patch": "echo evil > ~/.gitconfig; mkdir -p ~/.npm/_cacache; echo evil > ~/.npm/_cacache/x"}
                """));
        assertThat(bench.receipt(dry).outcome()).isEqualTo(PatchStatus.PREVIEWED);

        assertThat(found()).isEmpty();
    }

    @Test
    void Y9_aFailedPatchLeavesItsDownloadsAlone() throws IOException {
        run("before", "mkdir -p ~/.m2; echo settings > ~/.m2/settings.xml");
        Receipt failed = bench.run(shell(
                "failed",
                "echo evil > ~/.gitconfig; echo evil > ~/.m2/settings.xml; mkdir -p ~/.m2/repository/a ~/.npm/_cacache;"
                        + " echo jar > ~/.m2/repository/a/jar; echo x > ~/.npm/_cacache/x; echo y > ~/.npm/y; exit 1"));
        assertThat(failed.outcome()).isEqualTo(PatchStatus.FAILED);

        run("after", "cat ~/.m2/settings.xml > settings.txt");
        assertThat(bench.workspace.root().resolve("settings.txt")).hasContent("settings");
        assertThat(found())
                .isEqualTo("/home/patch/.m2 /home/patch/.m2/repository /home/patch/.m2/repository/a"
                        + " /home/patch/.m2/repository/a/jar /home/patch/.m2/settings.xml /home/patch/.npm"
                        + " /home/patch/.npm/_cacache /home/patch/.npm/_cacache/x");
    }

    @Test
    void Y9_aLinkThatAnEarlierPatchLeftIsNotFollowed() throws IOException {
        Path outside = folder.resolve("outside");
        assertThat(outside.toFile().mkdirs()).isTrue();
        run("link", "ln -s " + outside + " ~/.npm");
        bench.run(shell("failed", "rm ~/.npm; mkdir -p ~/.npm/_cacache; echo x > ~/.npm/_cacache/x; exit 1"));
        run("again", "rm ~/.npm; mkdir ~/.npm; echo x > ~/.npm/x");

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void Y9_oneDoesNotSeeAnothersHome() throws IOException {
        bench.journal.accept(Offers.by("somebody else", shell("others", "echo secret > ~/.netrc")), 100);
        Receipt others = bench.receipt(new PatchId("others"));
        assertThat(others.outcome()).as(others.reason() + others.logTail()).isEqualTo(PatchStatus.SUCCEEDED);

        assertThat(found()).isEmpty();
    }

    @Test
    void Y9_foldersTooDeepToBeNamedBreakNoLaterPatch() throws IOException {
        String name = "d".repeat(200);
        run("deep", "cd ~; for i in $(seq 60); do mkdir " + name + "; cd " + name + "; done; sleep 1.5");

        run("next", "sleep 1.5; echo fine > fine.txt");

        assertThat(bench.workspace.root().resolve("fine.txt")).hasContent("fine");
    }

    private void run(String id, String command) {
        Receipt receipt = bench.run(shell(id, command));
        assertThat(receipt.outcome()).as(receipt.reason() + receipt.logTail()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    /** Everything in HOME as the next patch sees it. */
    private String found() throws IOException {
        run("found-" + System.nanoTime(), LIST);
        return Files.readString(bench.workspace.root().resolve("found.txt"))
                .strip()
                .replace("\n", " ");
    }
}
