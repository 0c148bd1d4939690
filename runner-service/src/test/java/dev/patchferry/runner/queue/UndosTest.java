package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.read;
import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.runner.undo.Undos;
import dev.patchferry.runner.workspace.ExactListing;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patches that took effect are taken back and brought back, in their turn, or it is said why not. */
@Timeout(60)
class UndosTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void P59_takesAPatchBackAndBringsItBack() throws IOException {
        bench.workspace.file("old/a.txt", "a").file("b.txt", "b").file("c.sh", "c");
        List<String> before = ExactListing.of(bench.workspace.root());
        Receipt receipt = bench.run(shell(
                "fix", "rm -r old; echo more >> b.txt; chmod 700 c.sh; mkdir -p new/dir; echo n > new/dir/n.txt"));
        List<String> after = ExactListing.of(bench.workspace.root());
        assertThat(receipt.undo().possible()).isTrue();

        undo("fix");

        assertThat(ExactListing.of(bench.workspace.root())).isEqualTo(before);
        Receipt undone = bench.receipt(new PatchId("fix"));
        assertThat(undone.outcome()).isEqualTo(PatchStatus.UNDONE);
        assertThat(undone.summary()).isEqualTo("Undone: 4 files are as before the patch.");
        assertThat(undone.files())
                .extracting(ChangedFile::path, ChangedFile::change)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"b.txt\", \"modified\")",
                        "(\"c.sh\", \"mode\")",
                        "(\"new/dir/n.txt\", \"deleted\")",
                        "(\"old/a.txt\", \"created\")");

        redo("fix");

        assertThat(ExactListing.of(bench.workspace.root())).isEqualTo(after);
        assertThat(bench.events.history(bench.entry(new PatchId("fix"))))
                .extracting(StatusChange::status)
                .containsExactly(
                        PatchStatus.QUEUED,
                        PatchStatus.RUNNING,
                        PatchStatus.SUCCEEDED,
                        PatchStatus.UNDONE,
                        PatchStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git clean -fdXq",
                "rm -rf .git",
                "git checkout -q .",
                "git stash -q",
                "git gc -q",
                "git add -A && git commit -qm more"
            })
    void P60_restoresUntrackedAndIgnoredFilesAndTheRepository(String command) throws IOException {
        repository();
        List<String> before = ExactListing.of(bench.workspace.root());

        Receipt receipt = bench.run(shell("git", command));

        if (receipt.outcome() == PatchStatus.SUCCEEDED) {
            undo("git");
        }
        assertThat(ExactListing.of(bench.workspace.root()))
                .as("%s: %s", receipt.outcome(), receipt.reason())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git clean -fdXq", "git checkout -q .", "git stash -q", "rm -rf .git", "git gc -q"})
    void P60_aFailedBuildLeavesUntrackedAndIgnoredFilesAsTheyWere(String command) throws IOException {
        repository();
        List<String> before = ExactListing.of(bench.workspace.root());

        Receipt receipt = bench.run(shell("git", command + "; exit 1"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(ExactListing.of(bench.workspace.root())).isEqualTo(before);
    }

    @Test
    void P57_refusesWhenAFileWasChangedByHand() throws IOException {
        bench.run(shell("fix", "echo a > a.txt; echo b > b.txt"));
        bench.workspace.file("a.txt", "by hand");

        assertThat(undo("fix", false)).isInstanceOfSatisfying(Undos.Answer.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("conflict: a.txt is not as this patch left it; nothing was changed");
            assertThat(refused.entry().status()).isEqualTo(PatchStatus.SUCCEEDED);
        });
        assertThat(bench.workspace.root().resolve("b.txt")).hasContent("b");
    }

    @Test
    void P57_namesTheLaterPatchThatTouchedAPath() throws IOException {
        bench.run(shell("first", "echo a > a.txt"));
        bench.run(shell("second", "echo b > b.txt"));
        bench.run(shell("third", "echo c > a.txt"));

        assertThat(undo("first", false))
                .isInstanceOfSatisfying(
                        Undos.Answer.Refused.class,
                        refused -> assertThat(refused.reason())
                                .startsWith(
                                        "conflict: a.txt (changed by the later patch `third`) is not as this patch left it"));

        undo("third");
        undo("first");
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- b.txt \"b\n\"");
    }

    @Test
    void P58_undoingTwiceChangesNothingMore() throws IOException {
        bench.run(shell("fix", "echo a > a.txt"));

        undo("fix");
        undo("fix");

        assertThat(bench.workspace.content()).isEmpty();
        assertThat(bench.events.history(bench.entry(new PatchId("fix")))).hasSize(4);
    }

    @Test
    void onlyWhatTookEffectCanBeUndone() {
        bench.run(shell("bad", "exit 1"));

        assertThat(undo("bad", false)).isInstanceOf(Undos.Answer.WrongState.class);
    }

    @Test
    void waitsForThePatchesThatWereThereBeforeAndComesBeforeLaterOnes() throws IOException {
        bench.run(shell("first", "echo a > a.txt"));
        PatchId running = bench.offer(shell("running", RunnerBench.waiting("true")));
        PatchId waiting = bench.offer(shell("waiting", "cp a.txt seen-before.txt"));
        bench.awaitBegun();

        assertThat(bench.undo(new PatchId("first"), PatchStatus.UNDONE, RunnerBench.SUBMITTER, Duration.ofMillis(1)))
                .isInstanceOf(Undos.Answer.Waiting.class);
        PatchId later = bench.offer(shell("later", "test ! -e a.txt && touch seen-after.txt"));
        bench.letGo();

        assertThat(bench.receipt(running).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.receipt(waiting).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.receipt(later).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.entry(new PatchId("first")).status()).isEqualTo(PatchStatus.UNDONE);
    }

    @Test
    void aRedoIsNotAnsweredFromTheStateThatAWaitingUndoWillEnd() throws IOException {
        PatchId first = new PatchId("first");
        bench.run(shell("first", "echo a > a.txt"));
        bench.offer(shell("running", RunnerBench.waiting("true")));
        bench.awaitBegun();
        bench.undo(first, PatchStatus.UNDONE, RunnerBench.SUBMITTER, Duration.ofMillis(1));

        Undos.Answer redo = bench.undo(first, PatchStatus.SUCCEEDED, RunnerBench.SUBMITTER, Duration.ofMillis(1));

        assertThat(redo).isInstanceOf(Undos.Answer.Opposed.class);
        bench.letGo();
        undo("first");
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void aRequestThatComesLateIsNotApplied() throws IOException {
        PatchId fix = new PatchId("fix");
        bench.run(shell("fix", "echo a > a.txt"));
        Optional<EventCursor> succeeded = bench.events.newest(bench.entry(fix));
        undo("fix");
        Optional<EventCursor> undone = bench.events.newest(bench.entry(fix));
        redo("fix");
        undo("fix");

        assertThat(ask(fix, PatchStatus.SUCCEEDED, undone)).isInstanceOf(Undos.Answer.Stale.class);
        assertThat(ask(fix, PatchStatus.UNDONE, succeeded)).isInstanceOf(Undos.Answer.Done.class);
        assertThat(bench.workspace.content()).isEmpty();

        redo("fix");
        assertThat(ask(fix, PatchStatus.UNDONE, succeeded)).isInstanceOf(Undos.Answer.Stale.class);
        assertThat(bench.workspace.root().resolve("a.txt")).hasContent("a");
    }

    @Test
    void aRequestAboutTheNewestEventMayBeRepeated() throws IOException {
        PatchId fix = new PatchId("fix");
        bench.run(shell("fix", "echo a > a.txt"));
        Optional<EventCursor> succeeded = bench.events.newest(bench.entry(fix));

        assertThat(ask(fix, PatchStatus.UNDONE, succeeded)).isInstanceOf(Undos.Answer.Done.class);
        assertThat(ask(fix, PatchStatus.UNDONE, succeeded)).isInstanceOf(Undos.Answer.Done.class);

        assertThat(bench.events.history(bench.entry(fix))).hasSize(4);
    }

    private Undos.Answer ask(PatchId id, PatchStatus target, Optional<EventCursor> about) {
        return bench.undos.ask(bench.entry(id), target, RunnerBench.SUBMITTER, about, PATIENCE);
    }

    @Test
    void saysSoWhenWhatWasReplacedIsKeptNoLonger() throws IOException {
        bench.run(shell("fix", "echo a > a.txt"));
        Trees.delete(bench.workspace.undoFolder());

        assertThat(undo("fix", false))
                .isInstanceOfSatisfying(
                        Undos.Answer.Refused.class,
                        refused -> assertThat(refused.reason()).startsWith("not_kept: "));
    }

    @Test
    void whatChangedNothingSaysThatThereIsNothingToUndo() {
        Receipt receipt = bench.run(shell("look", "ls"));

        assertThat(receipt.undo()).isEqualTo(new Receipt.Undo(false, "nothing took effect"));
    }

    @Test
    void S12_anUndoOfALegacyDocumentRestoresItsMutations() throws IOException {
        bench.workspace.file("a.txt", "one");
        List<String> before = ExactListing.of(bench.workspace.root());
        bench.run(read("""
                {"id": "legacy", "mutations": [
                   {"path": "a.txt", "contents": "two"}, {"path": "new/c.txt", "contents": "c"}]}
                """));

        undo("legacy");

        assertThat(ExactListing.of(bench.workspace.root())).isEqualTo(before);
    }

    private void repository() throws IOException {
        bench.workspace
                .file(".gitignore", "ignored/\n")
                .file("tracked.txt", "t")
                .file("more.txt", "m");
        try {
            Process init = new ProcessBuilder(
                            "sh",
                            "-c",
                            "git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm one")
                    .directory(bench.workspace.root().toFile())
                    .start();
            assertThat(init.waitFor()).isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        bench.workspace
                .file("ignored/cache.bin", "cache")
                .file("untracked.txt", "u")
                .file("tracked.txt", "edited");
    }

    private void undo(String id) {
        assertThat(undo(id, false)).isInstanceOf(Undos.Answer.Done.class);
    }

    private void redo(String id) {
        assertThat(undo(id, true)).isInstanceOf(Undos.Answer.Done.class);
    }

    private Undos.Answer undo(String id, boolean redo) {
        PatchStatus target = redo ? PatchStatus.SUCCEEDED : PatchStatus.UNDONE;
        return bench.undo(new PatchId(id), target, RunnerBench.SUBMITTER, PATIENCE);
    }
}
