package dev.patchferry.runner.workspace.commit;

import static dev.patchferry.runner.workspace.Steps.chmod;
import static dev.patchferry.runner.workspace.Steps.delete;
import static dev.patchferry.runner.workspace.Steps.edit;
import static dev.patchferry.runner.workspace.Steps.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.Proposal;
import dev.patchferry.runner.workspace.StepResult;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An owner puts another folder in the place of one that a patch changes ({@code mv conf conf.old; mv conf.new conf}): none of
 * its files is younger than the patch, and still nothing of them is overwritten.
 */
class FolderSwapTest {
    private static final String KEY = "1";

    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;

    @BeforeEach
    void makeTwoFolders() throws IOException {
        workspace = TemporaryWorkspace.in(folder)
                .file("conf/sub/app.txt", "blue")
                .file("conf.new/sub/app.txt", "green")
                .file("other.txt", "other");
    }

    static Stream<Step.FileStep> changes() {
        return Stream.of(
                edit("conf/sub/app.txt", "blue", "patched"),
                write("conf/sub/app.txt", "patched"),
                delete("conf/sub/app.txt"),
                chmod("conf/sub/app.txt", 0600),
                write("conf/sub/new.txt", "new"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void S6_aFolderThatIsSwappedWhileThePatchRunsIsAConflict(Step.FileStep step) throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            assertThat(transaction.apply(step)).isInstanceOf(StepResult.Done.class);
            swap();

            assertThat(transaction.obstacle(transaction.changes())).contains(new Obstacle("conflict", "conf", ""));
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void S6_aFolderThatIsSwappedWhileTheChangeWaitsIsAConflict(Step.FileStep step) throws IOException {
        keep(step);
        swap();

        try (OverlayTransaction transaction = (OverlayTransaction) kept().transaction()) {
            assertThat(transaction.obstacle(kept().changes())).contains(new Obstacle("conflict", "conf", ""));
            transaction.settled();
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void S6_aChangeThatWaitedIsCommittedIntoTheVeryFolder(Step.FileStep step) throws IOException {
        keep(step);
        List<String> before =
                workspace.file("conf/sub/unrelated.txt", "made meanwhile").content();

        try (OverlayTransaction transaction = (OverlayTransaction) kept().transaction()) {
            ChangeSet changes = kept().changes();
            assertThat(transaction.obstacle(changes)).isEmpty();
            transaction.commit(transaction.prepare(changes));
            transaction.settled();
        }

        assertThat(workspace.content())
                .isNotEqualTo(before)
                .contains("rw-r--r-- conf/sub/unrelated.txt \"made meanwhile\"");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void S6_aFolderThatIsSwappedJustBeforeTheCommitStopsIt(Step.FileStep step) throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(step);
            List<Change> prepared = transaction.prepare(transaction.changes());
            swap();
            List<String> before = workspace.content();

            CommitFailure failure = catchThrowableOfType(CommitFailure.class, () -> transaction.commit(prepared));

            assertThat(failure.isConflict()).isTrue();
            assertThat(failure.left()).isEmpty();
            assertThat(workspace.content()).isEqualTo(before);
            transaction.settled();
        }
    }

    @Test
    void S6_aFileThatIsMadeBesideIsNoConflict() throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(edit("conf/sub/app.txt", "blue", "patched"));
            workspace.file("conf/sub/beside.txt", "mine").file("conf/beside.txt", "mine");

            workspace.commit(transaction);
        }

        assertThat(workspace.content()).contains("rw-r--r-- conf/sub/app.txt \"patched\"");
    }

    @Test
    void anotherFolderInThePlaceOfTheWorkspaceIsAConflict() throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(write("other.txt", "patched"));
            ChangeSet changes = transaction.changes();
            Path other = Files.createDirectory(folder.resolve("other"));
            Files.writeString(other.resolve("other.txt"), "not this one");
            Files.move(workspace.root(), folder.resolve("old"));
            Files.move(other, workspace.root());

            assertThat(transaction.obstacle(changes))
                    .contains(new Obstacle("conflict", "the workspace's own folder", ""));
            assertThat(workspace.root().resolve("other.txt")).hasContent("not this one");
        }
    }

    @Test
    void S6_aLinkInThePlaceOfTheWorkspaceIsNotFollowed() throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(write("other.txt", "patched"));
            ChangeSet changes = transaction.changes();
            List<Change> prepared = transaction.prepare(changes);
            Path outside = replaceWorkspaceByLink();

            Optional<Obstacle> obstacle = transaction.obstacle(changes);
            CommitFailure failure = catchThrowableOfType(CommitFailure.class, () -> transaction.commit(prepared));

            assertThat(obstacle).contains(new Obstacle("conflict", "the workspace's own folder", ""));
            assertThat(failure.isConflict()).isTrue();
            assertThat(failure.left()).isEmpty();
            assertThat(outside.resolve("other.txt")).hasContent("outside");
            assertThat(folder.resolve("old/other.txt")).hasContent("other");
            transaction.settled();
        }
    }

    @Test
    void S6_aLinkInThePlaceOfTheWorkspaceIsNotFollowedByAnApproval() throws IOException {
        keep(write("other.txt", "patched"));
        Path outside = replaceWorkspaceByLink();

        try (OverlayTransaction transaction = (OverlayTransaction) kept().transaction()) {
            assertThat(transaction.obstacle(kept().changes()))
                    .contains(new Obstacle("conflict", "the workspace's own folder", ""));
            transaction.settled();
        }
        assertThat(outside.resolve("other.txt")).hasContent("outside");
    }

    @Test
    void S6_aCommitThatACrashCutShortIsNotFinishedInAnotherFolder() throws IOException {
        List<Change> prepared;
        try (OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(edit("conf/sub/app.txt", "blue", "patched"));
            transaction.apply(write("other.txt", "patched"));
            prepared = transaction.prepare(transaction.changes());
        }
        swap();
        List<String> before = workspace.content();

        CommitFailure failure = catchThrowableOfType(
                CommitFailure.class, () -> workspace.workspaces().finishCommit(workspace.workspace(), KEY, prepared));

        assertThat(failure.isConflict()).isTrue();
        assertThat(failure.left()).isEmpty();
        assertThat(workspace.content()).isEqualTo(before);
    }

    @Test
    void S6_aCommitThatACrashCutShortIsNotFinishedThroughALink() throws IOException {
        List<Change> prepared;
        try (OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(edit("conf/sub/app.txt", "blue", "patched"));
            transaction.apply(write("other.txt", "patched"));
            prepared = transaction.prepare(transaction.changes());
        }
        CutShort.after(1, workspace.root(), workspace.transactions().resolve(KEY), prepared, Direction.FORWARD);
        Path outside = replaceWorkspaceByLink();

        CommitFailure failure = catchThrowableOfType(
                CommitFailure.class, () -> workspace.workspaces().finishCommit(workspace.workspace(), KEY, prepared));

        assertThat(failure.isConflict()).isTrue();
        assertThat(failure.left()).containsExactly("conf/sub/app.txt (in the folder that was the workspace)");
        assertThat(outside.resolve("other.txt")).hasContent("outside");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void S6_anUndoAfterASwapIsRefusedAndOneWithoutIsNot(Step.FileStep step) throws IOException {
        workspace.commit(step);
        copyConf();
        swap();
        assertThat(changedSince()).containsExactly("conf");
        Files.move(workspace.root().resolve("conf"), workspace.root().resolve("conf.new"));
        Files.move(workspace.root().resolve("conf.old"), workspace.root().resolve("conf"));

        assertThat(changedSince()).isEmpty();
    }

    /** So that the other folder has the very content that the patch left. */
    private void copyConf() throws IOException {
        Path copy = workspace.root().resolve("conf.new/sub");
        Trees.delete(copy);
        Files.createDirectory(copy);
        try (Stream<Path> files = Files.list(workspace.root().resolve("conf/sub"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private List<String> changedSince() throws IOException {
        try (Reversal reversal = workspace
                .workspaces()
                .reverse(workspace.workspace(), KEY, Direction.BACK)
                .orElseThrow()) {
            return reversal.changedSince();
        }
    }

    private void keep(Step.FileStep step) throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            assertThat(transaction.apply(step)).isInstanceOf(StepResult.Done.class);
            transaction.keep(transaction.changes());
        }
    }

    private Proposal kept() throws IOException {
        return workspace.workspaces().proposal(workspace.workspace(), KEY).orElseThrow();
    }

    private void swap() throws IOException {
        Files.move(workspace.root().resolve("conf"), workspace.root().resolve("conf.old"));
        Files.move(workspace.root().resolve("conf.new"), workspace.root().resolve("conf"));
    }

    private Path replaceWorkspaceByLink() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside/conf/sub"))
                .getParent()
                .getParent();
        Files.writeString(outside.resolve("other.txt"), "outside");
        Files.writeString(outside.resolve("conf/sub/app.txt"), "outside");
        Files.move(workspace.root(), folder.resolve("old"));
        Files.createSymbolicLink(workspace.root(), outside);
        return outside;
    }
}
