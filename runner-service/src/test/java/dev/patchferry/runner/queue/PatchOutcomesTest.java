package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.read;
import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.workspace.Listing;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a patch does to its workspace, and what its receipt says of that. */
@Timeout(60)
class PatchOutcomesTest {
    @TempDir
    Path folder;

    private RunnerBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder).start();
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void aCommandThatEndsWellTakesEffect() throws IOException {
        Receipt receipt = bench.run(shell("a", "echo said; printf made > made.txt"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(receipt.summary()).isEqualTo("Succeeded: 1 step of 1 done, 1 file changed.");
        assertThat(receipt.steps())
                .extracting(Receipt.Step::kind, Receipt.Step::exitCode)
                .containsExactly(tuple("patch", Optional.of(0)));
        assertThat(receipt.files())
                .extracting(ChangedFile::path, ChangedFile::change)
                .containsExactly(tuple("made.txt", "created"));
        assertThat(receipt.diff()).contains("+++ b/made.txt").contains("+made");
        assertThat(receipt.logTail()).isEqualTo("said\n");
        assertThat(receipt.enforced().sandbox()).isEqualTo("full");
        assertThat(receipt.enforced().transaction()).isEqualTo("overlay");
        assertThat(receipt.enforced().network()).isEqualTo("none");
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- made.txt \"made\"");
    }

    @Test
    void whatWaitedSinceAnEarlierVersionAndIsNoDocumentAnyMoreIsRejected() throws IOException {
        PatchDocument today = shell("a", "touch ran.txt");
        ObjectNode before = today.json().deepCopy().put("workspce", "other");

        Receipt receipt =
                bench.run(new PatchDocument(today.id(), today.workspace(), today.hash(), false, false, before));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(receipt.reason()).isEqualTo("/workspce: is no field; did you mean `workspace`?");
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void theDiffHasWhatWentAboveWhatCame() throws IOException {
        bench.workspace.file("a.txt", "one\ntwo\nthree\nfour\n-- five\n");

        Receipt receipt = bench.run(shell("a", "printf 'one\\n2\\n3\\nfour\\n++ 5\\n' > a.txt"));

        assertThat(receipt.diff()).endsWith("@@ -1,5 +1,5 @@\n one\n-two\n-three\n+2\n+3\n four\n--- five\n+++ 5\n");
    }

    @Test
    void aCommandThatFailsLeavesEverythingAsItWas() throws IOException {
        bench.workspace.file("a.txt", "before").file("ignored/b.txt", "too");
        List<String> before = bench.workspace.content();

        Receipt receipt = bench.run(shell("a", "echo hi >> a.txt; rm -rf ignored; echo why; exit 3"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).startsWith("exit_code: ").endsWith("ended with exit code 3");
        assertThat(receipt.summary())
                .isEqualTo("Failed at step 1 of 1. Everything was rolled back; the workspace is as it was.");
        assertThat(receipt.files()).isEmpty();
        assertThat(receipt.diff()).isEmpty();
        assertThat(receipt.logTail()).isEqualTo("why\n");
        assertThat(bench.workspace.content()).isEqualTo(before);
        bench.awaitNoTransaction();
    }

    @Test
    void S12_mutationsAreRolledBackWhenTheBuildFails() throws IOException {
        bench.workspace.file("a.txt", "one").file("b.txt", "two");
        List<String> before = bench.workspace.content();

        Receipt receipt = bench.run(read("""
                {"id": "legacy", "mutations": [
                   {"path": "a.txt", "contents": "changed"},
                   {"path": "b.txt", "op": "delete"},
                   {"path": "new/c.txt", "contents": "c"}],
                 "postMutationBuild": ["test -e new/c.txt", "cat a.txt; exit 7"],
                 "validate": {"shell": ["echo never"]}}
                """));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.steps())
                .extracting(Receipt.Step::kind, Receipt.Step::exitCode)
                .containsExactly(
                        tuple("write", Optional.empty()),
                        tuple("delete", Optional.empty()),
                        tuple("write", Optional.empty()),
                        tuple("build", Optional.of(0)),
                        tuple("build", Optional.of(7)));
        assertThat(receipt.logTail()).isEqualTo("changed");
        assertThat(bench.workspace.content()).isEqualTo(before);
    }

    @Test
    void P52_earlierStepsAreRolledBackWhenALaterOneIsRefused() throws IOException {
        Receipt receipt = bench.run(read("""
                {"id": "a", "mutations": [{"path": "a.txt", "contents": "x"}, {"path": "gone.txt", "op": "delete"}]}
                """));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).isEqualTo("delete_refused: gone.txt: does not exist");
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void aDryRunShowsWhatWouldChangeAndChangesNothing() throws IOException {
        Receipt receipt = bench.run(shell("a", "printf x > a.txt", document -> document.put("dry_run", true)));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.PREVIEWED);
        assertThat(receipt.files()).extracting(ChangedFile::path).containsExactly("a.txt");
        assertThat(receipt.diff()).contains("+x");
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void runsNothingWhenAFileIsNotWhatTheSenderSaw() throws IOException {
        bench.workspace.file("a.txt", "by hand");

        Receipt receipt = bench.run(shell(
                "a", "echo ran > b.txt", document -> document.putObject("base").put("a.txt", "0".repeat(64))));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).isEqualTo("base_mismatch: a.txt is not what `base` says; read it again");
        assertThat(receipt.steps()).isEmpty();
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- a.txt \"by hand\"");
    }

    @Test
    void aProposalThatChangesNothingNeedsNobodysApproval() {
        Receipt receipt = bench.run(shell("a", "true", document -> document.put("propose", true)));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void saysWhichSignalEndedACommandAndWhatACodeBeyond255Becomes() {
        assertThat(bench.run(shell("a", "kill -9 $$")).steps().getFirst()).satisfies(step -> {
            assertThat(step.exitCode()).contains(137);
            assertThat(step.signal()).contains("KILL");
        });
        assertThat(bench.run(shell("b", "exit 3001")).steps().getFirst().exitCode())
                .contains(185);
    }

    @Test
    void aBuildThatTakesTooLongIsTimedOut() throws IOException {
        Receipt receipt = bench.run(read("""
                {"id": "a", "mutations": [{"path": "a.txt", "contents": "x"}],
                 "postMutationBuild": "echo building; sleep 1000"}
                """));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.TIMED_OUT);
        assertThat(receipt.reason())
                .startsWith("timeout: ")
                .endsWith("was ended after 3 s; `ferry.workspaces.default.limits.build` is 3 s");
        assertThat(receipt.steps().getLast().exitCode()).contains(124);
        assertThat(receipt.logTail()).startsWith("building\n");
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void namesWhatWasLeftRunningAndWhatWasNotKept() throws IOException {
        Receipt receipt = bench.run(shell("a", "sleep 1000 & mkfifo pipe; touch file"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(receipt.ignored())
                .anySatisfy(note -> assertThat(note).endsWith("left 1 process running; ended with the step"))
                .contains("pipe is a socket, pipe or device and was not kept");
    }

    @Test
    void S6_aFileThatChangedByHandMeanwhileIsAConflict() throws IOException {
        bench.workspace.file("a.txt", "one").file("b.txt", "two");
        PatchId patch = bench.offer(shell("a", RunnerBench.waiting("echo patch > a.txt; rm b.txt")));
        bench.awaitBegun();
        bench.workspace.file("a.txt", "by hand");
        bench.letGo();

        Receipt receipt = bench.receipt(patch);

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).startsWith("conflict: a.txt was changed by somebody else");
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- a.txt \"by hand\"", "rw-r--r-- b.txt \"two\"");
    }

    @Test
    void X46_whatDecidesWhatTheOwnersGitRunsCannotBeChanged() throws IOException {
        bench.workspace.file(".git/HEAD", "ref: refs/heads/main\n");

        Receipt receipt = bench.run(shell("a", "mkdir -p .git/hooks; echo evil > .git/hooks/pre-commit"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).startsWith("protected_path: a patch may not change .git/hooks");
        assertThat(bench.workspace.root().resolve(".git/hooks")).doesNotExist();
    }

    @Test
    void S8_patchesForAWorkspaceThatIsGoneWaitAndSayWhyWhileOthersRun() throws IOException {
        Path root = bench.workspace.root();
        Trees.delete(root);

        PatchId waits = bench.offer(shell("a", "true"));

        Awaiting.until(() -> bench.entry(waits).reason().startsWith("workspace_unusable: "));
        assertThat(bench.entry(waits).status()).isEqualTo(PatchStatus.QUEUED);
        assertThat(bench.entry(waits).reason()).contains("is not a directory");
        assertThat(bench.run(shell("b", "true", document -> document.put("workspace", "other")))
                        .outcome())
                .isEqualTo(PatchStatus.SUCCEEDED);
        Files.createDirectory(root);
        assertThat(bench.receipt(waits).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void S9_patchesWaitAndSayWhyUntilThereIsRoomOnTheDisk() {
        bench.free.set(0);

        PatchId waits = bench.offer(shell("a", "true"));

        Awaiting.until(() -> bench.entry(waits).reason().startsWith("disk_full: "));
        assertThat(bench.entry(waits).status()).isEqualTo(PatchStatus.QUEUED);
        bench.free.set(Long.MAX_VALUE);
        assertThat(bench.receipt(waits).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    /** Commands say the same when the room of their own is used up; that is the command's failure. */
    @Test
    void S9_aCommandThatFailsForWantOfRoomSaysSoIfThereIsNone() throws IOException {
        String fails = "echo 'cc: error writing: No space left on device' >&2; exit 1";
        assertThat(bench.run(shell("own", fails)).reason()).startsWith("exit_code: ");
        PatchId patch = bench.offer(shell("a", RunnerBench.waiting(fails)));
        bench.awaitBegun();
        bench.free.set(0);
        bench.letGo();

        assertThat(bench.receipt(patch).reason())
                .startsWith("disk_full: exit_code: ")
                .contains("no room on the disk of FERRY_HOME", "send it again under a new id once there is room");
        bench.free.set(Long.MAX_VALUE);
    }

    @Test
    void S9_aPatchWhoseEndTheFullDiskKeptFromTheJournalSaysSo() throws IOException {
        PatchId patch = bench.offer(shell(
                "a",
                RunnerBench.waiting("echo x > a.txt; head -c 60000 /dev/zero | tr '\\0' x; for i in $(seq 90);"
                        + " do echo x > $i; done")));
        bench.awaitBegun();
        bench.database.write(handle -> {
            long pages =
                    handle.createQuery("PRAGMA page_count").mapTo(Long.class).one();
            return handle.createQuery("PRAGMA max_page_count = " + pages)
                    .mapTo(Long.class)
                    .one();
        });
        bench.letGo();

        Receipt receipt = bench.receipt(patch);

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).startsWith("disk_full: ").contains("it was rolled back");
        assertThat(bench.workspace.root().resolve("a.txt")).doesNotExist();
    }

    @Test
    void S8_aWorkspaceThatIsRenamedDuringTheRunFailsThePatchInWords() throws IOException {
        PatchId patch = bench.offer(shell("a", RunnerBench.waiting("echo x > a.txt")));
        bench.awaitBegun();
        Files.move(bench.workspace.root(), folder.resolve("renamed"));
        bench.letGo();

        Receipt receipt = bench.receipt(patch);

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(Listing.of(folder.resolve("renamed"))).isEmpty();
    }

    @Test
    void X10_foldersDeeperThanAnyPathCanNameFailThePatchInWords() throws IOException {
        Receipt receipt = bench.run(
                shell("a", "n=" + "d".repeat(200) + "; for i in $(seq 30); do mkdir $n && cd -P $n || exit 1; done"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason())
                .startsWith("file_system: ")
                .contains("is a path of more than 3840 bytes; make its folders less deep");
        bench.awaitNoTransaction();
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void filesForPeopleFollowThePatch() throws IOException {
        bench.run(shell("well", "echo out"));
        bench.run(shell("badly", "exit 1"));

        Awaiting.until(() -> Files.exists(bench.files.resolve(".failed/badly.log")));
        assertThat(bench.files.resolve(".completed/well.json")).content().contains("\"echo out\"");
        assertThat(bench.files.resolve(".completed/well.receipt.json"))
                .content()
                .contains("\"succeeded\"");
        assertThat(bench.files.resolve(".completed/well.log")).hasContent("out");
        assertThat(bench.files.resolve(".failed/badly.receipt.json")).content().contains("\"failed\"");
        assertThat(bench.files.resolve("well.json")).doesNotExist();
    }
}
