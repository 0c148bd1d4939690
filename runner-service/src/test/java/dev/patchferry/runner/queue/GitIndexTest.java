package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.undo.Undos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After a commit by a patch the owner's index says of unchanged files what the kernel says. */
@Timeout(120)
class GitIndexTest {
    private static final Path OTHER_MOUNT = Path.of("/dev/shm");

    @TempDir
    Path folder;

    private Optional<RunnerBench> bench = Optional.empty();
    private Optional<Path> elsewhere = Optional.empty();

    @AfterEach
    void tearDown() throws IOException, InterruptedException {
        bench.ifPresent(RunnerBench::close);
        if (elsewhere.isPresent()) {
            new ProcessBuilder("rm", "-rf", elsewhere.get().toString()).start().waitFor();
        }
    }

    @Test
    void theOwnersGitTakesNoFileForChangedAfterACommitByAPatch() throws Exception {
        quietAfterACommit(new RunnerBench(folder.resolve("bench")));
    }

    @Test
    void theSameWhereTheWorkspaceIsOnAnotherMount() throws Exception {
        assumeTrue(Files.isWritable(OTHER_MOUNT), "there is no second mount to write to");
        elsewhere = Optional.of(Files.createTempDirectory(OTHER_MOUNT, "index"));
        quietAfterACommit(new RunnerBench(elsewhere.get(), folder.resolve("bench"), true));
    }

    private void quietAfterACommit(RunnerBench runner) throws Exception {
        bench = Optional.of(runner.start());
        OwnersShell owner = OwnersShell.in(runner.workspace.root(), folder).repository();
        Path ran = folder.resolve("ran");
        owner.run("ln -s src/a.txt link && chmod +x tools/t.txt && git add -A && git commit -qm more"
                + " && git config core.fsmonitor 'touch " + ran + "' && git config filter.x.clean 'touch " + ran + "'");
        PatchId id = new PatchId("work");

        Receipt receipt = runner.run(
                shell(
                        "work",
                        "mkdir new; echo n > new/n; echo c >> src/a.txt;"
                                + " ln -sf tools/t.txt link; git -c core.fsmonitor= add -A && git -c core.fsmonitor= commit -qm w"));

        assertThat(receipt.outcome()).as(receipt.reason() + receipt.logTail()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(ran).doesNotExist();
        owner.run("git config --unset core.fsmonitor");
        owner.run("git diff-files --quiet").run("git diff-index --quiet HEAD");
        Path index = runner.workspace.root().resolve(".git/index");
        byte[] before = Files.readAllBytes(index);
        owner.run("git status");
        assertThat(Files.readAllBytes(index)).isEqualTo(before);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(before));
        assertThat(receipt.files())
                .filteredOn(file -> file.path().equals(".git/index"))
                .singleElement()
                .satisfies(file -> assertThat(file.afterSha256()).contains(hash));
        owner.run("git config core.fsmonitor 'touch " + ran + "'");
        assertThat(runner.undo(id, PatchStatus.UNDONE)).isInstanceOf(Undos.Answer.Done.class);
        assertThat(runner.undo(id, PatchStatus.SUCCEEDED)).isInstanceOf(Undos.Answer.Done.class);
        owner.run("git config --unset core.fsmonitor && git diff-index --quiet HEAD && git fsck");
    }

    @Test
    void whatWasChangedAfterItWasAddedStaysChanged() throws IOException {
        RunnerBench runner = new RunnerBench(folder.resolve("bench")).start();
        bench = Optional.of(runner);
        OwnersShell owner = OwnersShell.in(runner.workspace.root(), folder).repository();

        Receipt receipt = runner.run(
                shell(
                        "work",
                        "echo 1 > f; echo 1 > g; git add f g; git commit -qm w;"
                                + " touch -d '2020-01-01' f; git update-index --refresh; echo 2 > f; touch -d '2020-01-01' f; echo 22 > g"));

        assertThat(receipt.outcome()).as(receipt.reason() + receipt.logTail()).isEqualTo(PatchStatus.SUCCEEDED);
        owner.run("git diff-files --name-only | grep -q g");
        owner.run("! git ls-files --debug f | grep -q \"ctime: $(stat --printf=%.9Z f | tr . :)\"");
    }
}
