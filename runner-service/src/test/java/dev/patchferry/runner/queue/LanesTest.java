package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.runner.execution.PatchExecutor;
import dev.patchferry.runner.journal.CommitRecord;
import dev.patchferry.runner.journal.Documents;
import dev.patchferry.runner.journal.JournalRetention;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.journal.Receipts;
import dev.patchferry.runner.workspace.Steps;
import dev.patchferry.runner.workspace.Transaction;
import dev.patchferry.runner.workspace.commit.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs when, and what becomes of what was cut short. */
@Timeout(60)
class LanesTest {
    @TempDir
    Path folder;

    private RunnerBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void S1_patchesOfOneWorkspaceRunInTheOrderOfAcceptance() throws IOException {
        bench.workspace.file("order.txt", "");
        IntStream.range(0, 5).forEach(i -> bench.offer(shell("p" + i, "printf " + i + " >> order.txt")));
        bench.start();

        bench.receipt(new PatchId("p4"));

        assertThat(bench.workspace.root().resolve("order.txt")).hasContent("01234");
    }

    @Test
    void P55_theFilesForPeopleCatchUpWithTheJournal() throws IOException {
        PatchId ended = bench.offer(shell("ended", "exit 1"));
        JournaledPatch running = bench.journal.started(bench.entry(ended)).orElseThrow();
        bench.journal.finished(running, Receipts.ended(PatchStatus.FAILED, "exit_code"));
        Files.createDirectories(bench.files.resolve(".failed"));
        Files.createFile(bench.files.resolve("ended.json"));
        Files.createFile(bench.files.resolve(".failed/.12345.new"));

        bench.start();

        assertThat(bench.files.resolve("ended.json")).doesNotExist();
        assertThat(bench.files.resolve(".failed"))
                .isDirectoryContaining("glob:**/ended.json")
                .isDirectoryContaining("glob:**/ended.receipt.json")
                .isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void theFilesForPeopleStayWithoutWhatWasDropped() throws IOException {
        PatchId old = bench.offer(shell("old", "exit 1"));
        JournaledPatch running = bench.journal.started(bench.entry(old)).orElseThrow();
        JournaledPatch ended = bench.journal.finished(running, Receipts.ended(PatchStatus.FAILED, "exit_code"));
        new JournalRetention(bench.database, Clock.systemUTC()).drop(ended);

        bench.start();

        assertThat(bench.files.resolve("old.json")).doesNotExist();
        assertThat(bench.files.resolve(".failed/old.json")).doesNotExist();
    }

    @Test
    void aWorkspaceDoesNotWaitForAnother() throws IOException {
        PatchId slow = bench.offer(shell("slow", RunnerBench.waiting("touch slow.txt")));
        bench.start();
        bench.awaitBegun();

        Receipt quick = bench.run(inOther("quick", "touch quick.txt"));

        assertThat(quick.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.entry(slow).status()).isEqualTo(PatchStatus.RUNNING);
        bench.letGo();
        assertThat(bench.receipt(slow).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.root().resolve("slow.txt")).exists();
        assertThat(bench.other.root().resolve("quick.txt")).exists();
    }

    @Test
    void whatIsStoppedIsInterruptedAndRolledBackAndWhatWaitsStays() throws Exception {
        PatchId running = bench.offer(shell("running", RunnerBench.waiting("touch a.txt")));
        PatchId waits = bench.offer(shell("waits", "touch b.txt"));
        WorkspaceWorker workspaceWorker = bench.lane();
        Thread thread = Thread.ofPlatform().start(workspaceWorker);
        bench.awaitBegun();

        workspaceWorker.close();
        workspaceWorker.interrupt("runner_stopped: by a test");
        thread.join();

        assertThat(bench.receipt(running).outcome()).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(bench.receipt(running).reason()).isEqualTo("runner_stopped: by a test");
        assertThat(bench.entry(waits).status()).isEqualTo(PatchStatus.QUEUED);
        assertThat(bench.workspace.content()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill -TERM $$", "trap 'exit 3' TERM; kill -TERM $$; :"})
    void whatIsToldToStopTogetherWithTheRunnerIsInterruptedAndRolledBack(String end) throws Exception {
        PatchId patch = bench.offer(shell("told", "touch a.txt; touch ~/it.begun; " + end));
        WorkspaceWorker workspaceWorker = bench.lane();
        Thread thread = Thread.ofPlatform().start(workspaceWorker);
        bench.awaitBegun();

        workspaceWorker.stopping();
        thread.join();

        assertThat(bench.receipt(patch).outcome()).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(bench.receipt(patch).reason()).startsWith("runner_stopped: the runner was stopped, and ");
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void whatIsEndedByTermWithoutTheRunnerHasFailed() throws IOException {
        bench.start();

        Receipt receipt = bench.run(shell("alone", "kill -TERM $$"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).contains("128 + signal TERM");
    }

    @Test
    void X20_aCancelledPatchOfManyStepsEndsBeforeTheNextStep() throws Exception {
        PatchId patch = bench.offer(Documents.read("""
                {"id": "steps", "postMutationBuild": "touch built.txt",
                 "mutations": [{"shell": "touch ~/it.begun; sleep 1000"}]}
                """));
        bench.start();
        bench.awaitBegun();

        assertThat(bench.cancel(patch)).isInstanceOf(Cancellations.Answer.Ending.class);

        assertThat(bench.receipt(patch).outcome()).isEqualTo(PatchStatus.CANCELLED);
        assertThat(bench.receipt(patch).steps()).hasSize(1);
        assertThat(bench.workspace.content()).isEmpty();
        assertThat(bench.cancel(patch)).isInstanceOf(Cancellations.Answer.Ended.class);
    }

    @Test
    void S3_whatACrashFoundRunningIsInterruptedAndNotRunAgain() throws IOException {
        PatchId patch = bench.offer(shell("a", "touch again.txt"));
        JournaledPatch journaledPatch =
                bench.journal.started(bench.entry(patch)).orElseThrow();
        Transaction left = bench.workspaces.begin(bench.workspace.workspace(), PatchExecutor.key(journaledPatch));
        left.apply(Steps.write("half.txt", "done"));
        Files.writeString(bench.logs.begin(journaledPatch), "what it had said\n");

        bench.start();

        Receipt receipt = bench.receipt(patch);
        assertThat(receipt.outcome()).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(receipt.reason()).startsWith("runner_stopped: ").contains("it was rolled back");
        assertThat(receipt.logTail()).isEqualTo("what it had said\n");
        assertThat(bench.run(shell("next", "true")).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.content()).isEmpty();
        bench.awaitNoTransaction();
    }

    @Test
    void S3_aCommitThatACrashCutShortIsFinished() throws IOException {
        bench.workspace.file("a.txt", "one");
        PatchId patch = bench.offer(shell("a", "touch again.txt"));
        JournaledPatch journaledPatch =
                bench.journal.started(bench.entry(patch)).orElseThrow();
        Transaction cut = bench.workspaces.begin(bench.workspace.workspace(), PatchExecutor.key(journaledPatch));
        cut.apply(Steps.write("a.txt", "two"));
        cut.apply(Steps.write("b.txt", "new"));
        JsonNode changes = Change.toJson(cut.prepare(cut.changes()));
        Receipt succeeded = Receipts.ended(PatchStatus.SUCCEEDED, "every step ended well");
        bench.journal.committing(journaledPatch, new CommitRecord(succeeded, changes));

        bench.start();

        assertThat(bench.receipt(patch)).isEqualTo(succeeded);
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- a.txt \"two\"", "rw-r--r-- b.txt \"new\"");
        assertThat(bench.events.history(bench.entry(patch)))
                .extracting(StatusChange::status)
                .containsExactly(PatchStatus.QUEUED, PatchStatus.RUNNING, PatchStatus.SUCCEEDED);
    }

    @Test
    void S3_whatRanInAWorkspaceThatIsNoMoreConfiguredEndsToo() throws IOException {
        PatchId patch = bench.offer(shell("a", "true", document -> document.put("workspace", "gone")));
        bench.journal.started(bench.entry(patch));

        bench.start();

        assertThat(bench.receipt(patch).outcome()).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(bench.receipt(patch).reason()).startsWith("workspace_gone: ");
    }

    @Test
    void leftoversOfEarlierRunsAreClearedAtTheStart() throws IOException {
        Files.createDirectories(bench.workspace.transactions().resolve("99/upper/folder"));

        bench.start();

        bench.awaitNoTransaction();
    }

    @Test
    void S9_anEndThatTheJournalCouldNotTakeIsTakenLaterAndNothingRunsTwice() throws IOException {
        bench.workspace.file("a.txt", "");
        bench.database.write(handle -> handle.execute("""
                CREATE TRIGGER disk_full BEFORE UPDATE ON patches WHEN NEW.status = 'succeeded'
                BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                """));
        bench.start();
        PatchId patch = bench.offer(shell("a", "echo once >> a.txt"));
        Awaiting.until(() -> Files.size(bench.workspace.root().resolve("a.txt")) > 0);
        assertThat(bench.entry(patch).status()).isEqualTo(PatchStatus.RUNNING);

        bench.database.write(handle -> handle.execute("DROP TRIGGER disk_full"));
        Awaiting.until(() -> {
            bench.changed.raise();
            return bench.entry(patch).status().isTerminal();
        });

        assertThat(bench.receipt(patch).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.root().resolve("a.txt")).hasContent("once");
        assertThat(bench.run(shell("next", "true")).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void S9_aCommitThatTheJournalCouldNotTakeIsRolledBack() throws IOException {
        bench.database.write(handle -> handle.execute("""
                CREATE TRIGGER disk_full BEFORE UPDATE ON patches WHEN NEW.committing IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                """));
        bench.start();

        PatchId patch = bench.offer(shell("a", "echo once > a.txt"));
        Awaiting.until(() -> {
            bench.changed.raise();
            return bench.entry(patch).status().isTerminal();
        });

        assertThat(bench.receipt(patch).outcome()).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(bench.workspace.content()).isEmpty();
        bench.awaitNoTransaction();
    }

    @Test
    void withoutASandboxWhatRanStaysAndADryRunIsRefused() throws IOException {
        bench.close();
        bench = new RunnerBench(folder.resolve("unconfined"), false).start();

        Receipt failed = bench.run(shell("a", "printf x > a.txt; exit 1"));
        Receipt dry = bench.run(shell("b", "printf y > a.txt", document -> document.put("dry_run", true)));

        assertThat(failed.summary()).contains("There is no transaction here, so what ran before stays.");
        assertThat(failed.enforced().sandbox()).isEqualTo("none");
        assertThat(failed.enforced().transaction()).isEqualTo("none");
        assertThat(dry.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- a.txt \"x\"");
    }

    private static PatchDocument inOther(String id, String command) {
        return shell(id, command, document -> document.put("workspace", RunnerBench.OTHER.value()));
    }
}
