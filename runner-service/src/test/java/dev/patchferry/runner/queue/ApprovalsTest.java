package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.DecisionNote;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.runner.approval.Approvals;
import dev.patchferry.runner.journal.Decision.Made;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.OfferResult;
import dev.patchferry.runner.journal.Offers;
import dev.patchferry.runner.workspace.ExactListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Patches that wait for somebody to decide about them. */
@Timeout(60)
class ApprovalsTest {
    private static final PatchId FIX = new PatchId("fix");

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
    void aProposalShowsItsDiffAndChangesNothing() throws IOException {
        bench.workspace.file("a.txt", "one\n").file("gone/b.txt", "b");
        List<String> before = ExactListing.of(bench.workspace.root());

        Receipt receipt = propose("echo two > a.txt; rm -r gone; mkdir new; echo n > new/n.txt");

        assertThat(ExactListing.of(bench.workspace.root())).isEqualTo(before);
        assertThat(receipt.outcome()).isEqualTo(PatchStatus.PROPOSED);
        assertThat(receipt.summary())
                .isEqualTo(
                        "Proposed: 1 step of 1 done, 3 files would change once it is approved. Nothing was changed.");
        assertThat(receipt.reason())
                .startsWith("proposed: its sender asked for somebody to look at it first; waits for an operator's"
                        + " approval until 20");
        assertThat(receipt.files()).extracting(ChangedFile::path).containsExactly("a.txt", "gone/b.txt", "new/n.txt");
        assertThat(receipt.diff()).contains("-one\n", "+two\n");
        assertThat(bench.logs.diff(bench.entry(FIX))).hasContent(receipt.diff());
        Awaiting.until(() -> Files.exists(bench.files.resolve(".proposed/fix.receipt.json")));
    }

    @Test
    void anApprovedProposalTakesEffectAndCanBeUndone() throws IOException {
        bench.workspace.file("a.txt", "one\n").file("gone/b.txt", "b").file("old/c.txt", "c");
        List<String> before = ExactListing.of(bench.workspace.root());
        propose("echo two > a.txt; rm -r gone; mv old/c.txt moved.txt; mkdir -p new/dir; echo n > new/dir/n.txt");

        assertThat(bench.decide(FIX, Verdict.APPROVED, "looks good")).isInstanceOf(Approvals.Answer.Decided.class);

        Receipt receipt = bench.receipt(FIX);
        assertThat(receipt.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(receipt.reason()).isEqualTo("approved: ops approved it: looks good");
        assertThat(receipt.undo().possible()).isTrue();
        assertThat(bench.workspace.content())
                .containsExactly(
                        "rw-r--r-- a.txt \"two\n\"",
                        "rw-r--r-- moved.txt \"c\"",
                        "rw-r--r-- new/dir/n.txt \"n\n\"",
                        "rwxr-xr-x new/",
                        "rwxr-xr-x new/dir/",
                        "rwxr-xr-x old/");
        Awaiting.until(() -> Files.exists(bench.files.resolve(".completed/fix.receipt.json"))
                && RunnerBench.isEmpty(bench.files.resolve(".proposed")));
        bench.awaitNoTransaction();

        bench.undo(FIX, PatchStatus.UNDONE);
        assertThat(ExactListing.of(bench.workspace.root())).isEqualTo(before);
    }

    @Test
    void S10_anApprovalAfterTheBaseChangedFailsAndKeepsTheOtherChange() throws IOException {
        bench.workspace.file("a.txt", "one\n").file("b.txt", "b");
        propose("echo two > a.txt; echo more >> b.txt");
        bench.run(shell("other", "echo theirs > a.txt"));

        bench.decide(FIX, Verdict.APPROVED, "");

        Receipt receipt = bench.receipt(FIX);
        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason())
                .isEqualTo(
                        "conflict: a.txt was changed by somebody else after the patch ran and before it was approved;"
                                + " send it again under a new id");
        assertThat(receipt.files()).isEmpty();
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- a.txt \"theirs\n\"", "rw-r--r-- b.txt \"b\"");
        bench.awaitNoTransaction();
    }

    @Test
    void S10_anApprovalThatComesTwiceIsTheSameAndAnotherDecisionIsTooLate() throws IOException {
        propose("echo two > a.txt");

        bench.decide(FIX, Verdict.APPROVED, "");
        assertThat(bench.decide(FIX, Verdict.APPROVED, "again"))
                .isInstanceOfSatisfying(
                        Approvals.Answer.Decided.class,
                        answer -> assertThat(answer.entry().status()).isEqualTo(PatchStatus.SUCCEEDED));

        assertThat(bench.decide(FIX, Verdict.DENIED, "no"))
                .isInstanceOfSatisfying(
                        Approvals.Answer.TooLate.class,
                        answer -> assertThat(answer.why()).isEqualTo("was approved by ops before"));
        assertThat(bench.workspace.root().resolve("a.txt")).hasContent("two");
    }

    @Test
    void S10_anApprovalAfterItsTimeIsTooLate() throws IOException {
        propose("echo two > a.txt");
        bench.clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(bench.expiry.endOverdue()).isZero();
        bench.clock.advance(Duration.ofSeconds(1));

        assertThat(bench.decide(FIX, Verdict.APPROVED, "")).isInstanceOf(Approvals.Answer.TooLate.class);
        assertThat(bench.expiry.endOverdue()).isEqualTo(1);

        Receipt receipt = bench.receipt(FIX);
        assertThat(receipt.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(receipt.reason()).startsWith("approval_expired: ");
        assertThat(bench.decide(FIX, Verdict.APPROVED, ""))
                .isInstanceOfSatisfying(
                        Approvals.Answer.TooLate.class,
                        answer -> assertThat(answer.why()).isEqualTo("does not wait for a decision"));
        assertThat(bench.workspace.content()).isEmpty();
        bench.awaitNoTransaction();
    }

    @Test
    void theTimerEndsWhatIsOverdueWhenItStarts() throws Exception {
        propose("echo two > a.txt");
        bench.clock.advance(Duration.ofHours(25));

        Thread timer = Thread.ofPlatform().start(bench.expiry);
        bench.await(FIX, PatchStatus.REJECTED);
        bench.expiry.close();

        timer.join();
        assertThat(bench.receipt(FIX).reason()).startsWith("approval_expired: ");
    }

    @Test
    void aDeniedProposalIsDroppedWithTheReason() throws IOException {
        propose("echo two > a.txt");

        bench.decide(FIX, Verdict.DENIED, "not now");

        Receipt receipt = bench.receipt(FIX);
        assertThat(receipt.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(receipt.reason()).isEqualTo("denied: ops denied it: not now");
        assertThat(receipt.summary()).startsWith("Rejected after it had run. What it did was dropped");
        assertThat(receipt.steps()).hasSize(1);
        assertThat(receipt.files()).isEmpty();
        assertThat(bench.workspace.content()).isEmpty();
        bench.awaitNoTransaction();
    }

    @Test
    void nobodyDecidesAboutAPatchOfTheirOwn() throws IOException {
        propose("echo two > a.txt");

        Approvals.Answer answer = bench.approvals.decide(
                bench.entry(FIX),
                new Made(Verdict.APPROVED, "me", ""),
                bench.shown(FIX, Optional.empty()),
                Duration.ZERO);

        assertThat(answer).isInstanceOf(Approvals.Answer.OwnPatch.class);
        assertThat(bench.entry(FIX).status()).isEqualTo(PatchStatus.PROPOSED);
    }

    @Test
    void whoDecidedAboutAHeldPatchDoesNotApproveAProposalUnseen() throws IOException {
        propose("echo two > a.txt");

        Approvals.Answer answer = bench.approvals.decide(
                bench.entry(FIX),
                new Made(Verdict.APPROVED, "ops", ""),
                bench.shown(FIX, Optional.of(PatchStatus.HELD)),
                Duration.ZERO);

        assertThat(answer).isInstanceOf(Approvals.Answer.TooLate.class);
        assertThat(bench.entry(FIX).status()).isEqualTo(PatchStatus.PROPOSED);
    }

    @Test
    void Y1_whatWasShownIsWhatIsCommitted() throws IOException {
        bench.workspace.file("a.txt", "one\n").folder("old");
        List<String> before = ExactListing.of(bench.workspace.root());
        List<Tampering> all = List.of(
                upper -> Files.writeString(upper.resolve("a.txt"), "evil\n"),
                upper -> Files.setPosixFilePermissions(
                        upper.resolve("a.txt"), PosixFilePermissions.fromString("rwxr-xr-x")),
                upper -> Files.writeString(upper.resolve("new/dir/more"), "evil"),
                upper -> Files.delete(upper.resolve("new/dir/n")),
                upper -> Files.move(upper.resolve("new/dir/n"), upper.resolve("new/dir/m")),
                upper -> {
                    Files.delete(upper.resolve("new/l"));
                    Files.createSymbolicLink(upper.resolve("new/l"), Path.of("/etc/shadow"));
                });
        for (int i = 0; i < all.size(); i++) {
            PatchId id = new PatchId("fix-" + i);
            bench.offer(shell(
                    id.value(),
                    "echo two > a.txt; mkdir -p new/dir; echo n > new/dir/n; ln -s target new/l",
                    document -> document.put("propose", true)));
            bench.await(id, PatchStatus.PROPOSED);
            Path transaction = bench.workspace
                    .transactions()
                    .resolve(String.valueOf(bench.entry(id).seq()));

            all.get(i).with(transaction.resolve("upper"));
            bench.decide(id, Verdict.APPROVED, "");

            assertThat(bench.receipt(id).outcome()).as("%d", i).isEqualTo(PatchStatus.FAILED);
            assertThat(bench.receipt(id).reason()).startsWith("changed_since_shown: ");
            assertThat(ExactListing.of(bench.workspace.root())).isEqualTo(before);
            bench.awaitNoTransaction();
        }
    }

    private interface Tampering {
        void with(Path upper) throws IOException;
    }

    @Test
    void Y1_aHeldPatchWhoseDocumentIsNotTheApprovedOneDoesNotRun() throws IOException {
        bench.journal.accept(Offers.held(shell("fix", "echo good > a.txt")), 100);
        String evil = shell("fix", "echo evil > a.txt").json().toString();
        bench.database.write(handle -> handle.execute("UPDATE documents SET body = ?", evil));

        bench.decide(FIX, Verdict.APPROVED, "");

        assertThat(bench.receipt(FIX).outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(bench.receipt(FIX).reason()).startsWith("changed_since_shown: ");
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void Y8_anApprovalOfSomethingElseOrOfNothingChangesNothing() throws IOException {
        propose("printf 'a\\0b' > binary");
        DecisionNote shown = bench.shown(FIX, Optional.empty());

        assertThat(decide(DecisionNote.EMPTY)).isInstanceOf(Approvals.Answer.Unnamed.class);
        assertThat(decide(new DecisionNote("", Optional.empty(), Optional.of("0".repeat(64)), true)))
                .isInstanceOf(Approvals.Answer.Differs.class);
        assertThat(decide(new DecisionNote("", Optional.empty(), shown.changeSet(), false)))
                .isInstanceOfSatisfying(
                        Approvals.Answer.Hidden.class,
                        answer -> assertThat(answer.shown().review().hidden())
                                .singleElement()
                                .satisfies(file -> assertThat(file.path() + " " + file.why())
                                        .isEqualTo("binary binary")));
        assertThat(bench.entry(FIX).status()).isEqualTo(PatchStatus.PROPOSED);
        assertThat(decide(shown)).isInstanceOf(Approvals.Answer.Decided.class);
    }

    private Approvals.Answer decide(DecisionNote note) {
        return bench.approvals.decide(
                bench.entry(FIX), new Made(Verdict.APPROVED, "ops", ""), note, Duration.ofSeconds(20));
    }

    @Test
    void X20_aProposalCanBeCancelled() throws IOException {
        propose("echo two > a.txt");

        assertThat(bench.cancel(FIX)).isInstanceOf(Cancellations.Answer.Ended.class);

        assertThat(bench.receipt(FIX).outcome()).isEqualTo(PatchStatus.CANCELLED);
        assertThat(bench.receipt(FIX).summary()).startsWith("Cancelled after it had run.");
        assertThat(bench.decide(FIX, Verdict.APPROVED, "")).isInstanceOf(Approvals.Answer.TooLate.class);
        assertThat(bench.workspace.content()).isEmpty();
        bench.awaitNoTransaction();
    }

    @Test
    void aProposalDoesNotHoldUpTheQueueAndIsCommittedInItsTurn() throws IOException {
        bench.workspace.file("order.txt", "");
        propose("echo two > a.txt");
        PatchId running = bench.offer(shell("running", RunnerBench.waiting("printf r >> order.txt")));
        bench.offer(shell("waiting", "test ! -e a.txt && printf w >> order.txt"));
        bench.awaitBegun();

        Approvals.Answer answer = bench.approvals.decide(
                bench.entry(FIX),
                new Made(Verdict.APPROVED, "ops", ""),
                bench.shown(FIX, Optional.empty()),
                Duration.ZERO);
        PatchId later = bench.offer(shell("later", "test -e a.txt && printf l >> order.txt"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Approvals.Answer.Decided.class,
                        decided -> assertThat(decided.entry().status()).isEqualTo(PatchStatus.PROPOSED));
        bench.letGo();
        assertThat(bench.receipt(later).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.receipt(running).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.root().resolve("order.txt")).hasContent("rwl");
    }

    @Test
    void aHeldPatchDoesNothingUntilItIsApprovedAndThenWaitsBehindTheOthers() throws IOException {
        bench.workspace.file("order.txt", "");
        bench.journal.accept(Offers.held(shell("fix", "printf h >> order.txt")), 100);
        PatchId running = bench.offer(shell("running", RunnerBench.waiting("printf r >> order.txt")));
        bench.awaitBegun();
        bench.offer(shell("waiting", "printf w >> order.txt"));
        assertThat(bench.journal.waiting(bench.workspace.workspace().name())).isEqualTo(1);

        bench.decide(FIX, Verdict.APPROVED, "go on");
        PatchId later = bench.offer(shell("later", "printf l >> order.txt"));
        bench.letGo();

        assertThat(bench.receipt(later).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.receipt(running).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.root().resolve("order.txt")).hasContent("rwhl");
        assertThat(bench.events.history(bench.entry(FIX)))
                .extracting(StatusChange::status)
                .containsExactly(PatchStatus.HELD, PatchStatus.QUEUED, PatchStatus.RUNNING, PatchStatus.SUCCEEDED);
        assertThat(bench.events.history(bench.entry(FIX)).get(1).reason())
                .isEqualTo("approved: ops approved it: go on");
    }

    @Test
    void aHeldPatchThatIsDeniedOrExpiresNeverRuns() throws IOException {
        bench.journal.accept(Offers.held(shell("denied", "touch a.txt")), 100);
        bench.journal.accept(Offers.held(shell("late", "touch b.txt")), 100);

        bench.decide(new PatchId("denied"), Verdict.DENIED, "");
        bench.clock.advance(Duration.ofHours(24));
        bench.expiry.endOverdue();

        assertThat(bench.receipt(new PatchId("denied")).summary())
                .isEqualTo("Rejected; nothing of it ran. Reason: denied: ops denied it");
        assertThat(bench.receipt(new PatchId("late")).reason()).startsWith("approval_expired: ");
        assertThat(bench.run(shell("next", "true")).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void whatWouldBeHeldBeyondTheBoundEndsAndKeepsNobodyWaiting() {
        bench.journal.accept(Offers.held(shell("one", "true")), 1);

        assertThat(bench.journal.accept(Offers.held(shell("two", "true")), 1))
                .isInstanceOfSatisfying(
                        OfferResult.Journalled.class,
                        ended -> assertThat(ended.entry().status()).isEqualTo(PatchStatus.REJECTED));
        assertThat(bench.journal.accept(Offers.waiting(shell("three", "true")), 1))
                .isInstanceOf(OfferResult.Journalled.class);
    }

    @Test
    void aProposalHasNoNetworkAndIsThereAfterARestart() throws IOException {
        propose("echo two > a.txt");
        bench.close();
        bench = new RunnerBench(folder).start();

        assertThat(bench.entry(FIX).status()).isEqualTo(PatchStatus.PROPOSED);
        assertThat(bench.events
                        .receipt(bench.entry(FIX))
                        .orElseThrow()
                        .enforced()
                        .network())
                .isEqualTo("none");
        bench.decide(FIX, Verdict.APPROVED, "");

        assertThat(bench.receipt(FIX).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.root().resolve("a.txt")).hasContent("two");
    }

    @Test
    void S9_anApprovalWhoseEndTheJournalCouldNotTakeIsSettledLater() throws IOException {
        bench.workspace.file("a.txt", "one\n");
        propose("echo two >> a.txt");
        bench.database.write(handle -> handle.execute("""
                CREATE TRIGGER disk_full BEFORE UPDATE ON patches WHEN NEW.status = 'succeeded'
                BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                """));
        bench.approvals.decide(
                bench.entry(FIX),
                new Made(Verdict.APPROVED, "ops", ""),
                bench.shown(FIX, Optional.empty()),
                Duration.ZERO);
        Awaiting.until(() -> Files.size(bench.workspace.root().resolve("a.txt")) > "one\n".length());
        assertThat(bench.entry(FIX).status()).isEqualTo(PatchStatus.PROPOSED);
        assertThat(bench.cancel(FIX)).isInstanceOf(Cancellations.Answer.TooLate.class);

        bench.database.write(handle -> handle.execute("DROP TRIGGER disk_full"));
        Awaiting.until(() -> {
            bench.changed.raise();
            return bench.entry(FIX).status().isTerminal();
        });

        assertThat(bench.receipt(FIX).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.root().resolve("a.txt")).hasContent("one\ntwo\n");
        bench.awaitNoTransaction();
    }

    @Test
    void aProposalWhoseFilesAreGoneFailsInWords() throws IOException {
        propose("echo two > a.txt");
        bench.workspaces.drop(String.valueOf(bench.entry(FIX).seq()));

        bench.decide(FIX, Verdict.APPROVED, "");

        assertThat(bench.receipt(FIX).reason()).startsWith("not_kept: ");
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void aProposalThatIsStoppedWhileItRunsIsInterrupted() throws IOException {
        PatchId patch = bench.offer(proposing("fix", RunnerBench.waiting("touch a.txt")));
        bench.awaitBegun();
        assertThat(bench.cancel(patch)).isInstanceOf(Cancellations.Answer.Ending.class);

        assertThat(bench.receipt(patch).outcome()).isEqualTo(PatchStatus.CANCELLED);
        assertThat(Files.exists(bench.workspace.root().resolve("a.txt"))).isFalse();
    }

    private Receipt propose(String command) {
        bench.offer(proposing("fix", command));
        bench.await(FIX, PatchStatus.PROPOSED);
        return bench.events.receipt(bench.entry(FIX)).orElseThrow();
    }

    private static PatchDocument proposing(String id, String command) {
        return shell(id, command, document -> document.put("propose", true));
    }
}
