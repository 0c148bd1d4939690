package dev.patchferry.runner.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.runner.workspace.ExactListing;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file under several names: a rename of one of them changes the time of all, and that is nobody's edit. */
class HardLinksTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-02T20:20:20Z"));
    private static final String KEY = "1";

    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;
    private List<String> before;
    private List<String> after;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = TemporaryWorkspace.in(folder)
                .file("removed-1", "removed")
                .file("edited-1", "edited")
                .file("removed-or-edited-1", "both")
                .file("folder/inner", "inner");
        link("removed-1", "removed-2");
        link("edited-1", "edited-2");
        link("removed-or-edited-1", "removed-or-edited-2");
        link("folder/inner", "also-in-folder");
        for (String each : List.of("removed-1", "edited-1", "removed-or-edited-1", "folder/inner", "folder", "")) {
            Files.setLastModifiedTime(workspace.root().resolve(each), LONG_AGO);
        }
        before = ExactListing.of(workspace.root());
    }

    /** Whatever can happen to two names of the owner's file, and two of a file that the patch makes. */
    private void commitChangesOfAllNames() throws IOException {
        try (OverlayTransaction transaction = workspace.begin()) {
            Path upper = transaction.upper();
            for (String each : List.of("removed-1", "removed-2", "removed-or-edited-1", "folder", "also-in-folder")) {
                NativeFiles.makeWhiteout(upper.resolve(each));
            }
            Files.writeString(upper.resolve("edited-1"), "other");
            Files.createLink(upper.resolve("edited-2"), upper.resolve("edited-1"));
            Files.writeString(upper.resolve("removed-or-edited-2"), "other");
            Files.writeString(upper.resolve("made-1"), "made");
            Files.createLink(upper.resolve("made-2"), upper.resolve("made-1"));
            Files.createLink(Files.createDirectory(upper.resolve("new")).resolve("made-3"), upper.resolve("made-1"));
            workspace.commit(transaction);
        }
        after = ExactListing.of(workspace.root());
    }

    @Test
    void aPatchThatChangesAllNamesIsCommittedTakenBackAndBroughtBack() throws IOException {
        commitChangesOfAllNames();
        assertThat(after).isNotEqualTo(before);

        reverse(Direction.BACK);
        assertThat(ExactListing.of(workspace.root())).isEqualTo(before);
        assertThat(inode("removed-1")).isEqualTo(inode("removed-2"));

        reverse(Direction.FORWARD);
        assertThat(ExactListing.of(workspace.root())).isEqualTo(after);
        assertThat(inode("made-1")).isEqualTo(inode("new/made-3"));

        reverse(Direction.BACK);
        assertThat(ExactListing.of(workspace.root())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anUndoOfThemGoesOnWhereACrashCutItShort(int done) throws IOException {
        commitChangesOfAllNames();
        List<Change> prepared = cutShort(done, Direction.BACK);

        workspace.workspaces().finishReversal(workspace.workspace(), KEY, prepared, Direction.BACK);

        assertThat(ExactListing.of(workspace.root())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aRedoOfThemGoesOnWhereACrashCutItShort(int done) throws IOException {
        commitChangesOfAllNames();
        reverse(Direction.BACK);
        List<Change> prepared = cutShort(done, Direction.FORWARD);

        workspace.workspaces().finishReversal(workspace.workspace(), KEY, prepared, Direction.FORWARD);

        assertThat(ExactListing.of(workspace.root())).isEqualTo(after);
    }

    @Test
    void anEditBetweenTheLookAndTheUndoIsKept() throws IOException {
        commitChangesOfAllNames();
        try (Reversal reversal = reversal(Direction.BACK)) {
            List<Change> prepared = reversal.prepare();
            Files.writeString(workspace.root().resolve("made-2"), "by hand");

            assertRefused(reversal, prepared);
        }
        assertThat(workspace.root().resolve("made-1")).hasContent("by hand");
    }

    @Test
    void permissionsThatAreGivenBetweenTheLookAndTheUndoAreKept() throws IOException {
        commitChangesOfAllNames();
        try (Reversal reversal = reversal(Direction.BACK)) {
            List<Change> prepared = reversal.prepare();
            workspace.mode("made-2", "rw-------");

            assertRefused(reversal, prepared);
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(workspace.root().resolve("made-1"))))
                .isEqualTo("rw-------");
    }

    private static void assertRefused(Reversal reversal, List<Change> prepared) {
        assertThatThrownBy(() -> reversal.commit(prepared))
                .isInstanceOfSatisfying(
                        CommitFailure.class,
                        failure -> assertThat(failure.left()).isEmpty())
                .hasMessageContaining("was changed by somebody else meanwhile");
        reversal.settled();
    }

    @Test
    void anEditAfterACrashInTheMiddleOfAnUndoIsKept() throws IOException {
        commitChangesOfAllNames();
        List<Change> prepared = reversal(Direction.BACK).prepare();
        int last = prepared.indexOf(new Change.Create("made-2"));
        cutShort(prepared.size() - last, prepared, Direction.BACK);
        assertThat(workspace.root().resolve("made-2")).doesNotExist();
        Files.writeString(workspace.root().resolve("made-1"), "by hand");

        assertThatThrownBy(() ->
                        workspace.workspaces().finishReversal(workspace.workspace(), KEY, prepared, Direction.BACK))
                .isInstanceOf(CommitFailure.class);

        assertThat(workspace.root().resolve("made-1")).hasContent("by hand");
    }

    private void link(String file, String further) throws IOException {
        Files.createLink(workspace.root().resolve(further), workspace.root().resolve(file));
    }

    private Object inode(String file) throws IOException {
        return Files.getAttribute(workspace.root().resolve(file), "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private Reversal reversal(Direction direction) throws IOException {
        return workspace
                .workspaces()
                .reverse(workspace.workspace(), KEY, direction)
                .orElseThrow();
    }

    private void reverse(Direction direction) throws IOException {
        try (Reversal reversal = reversal(direction)) {
            assertThat(reversal.changedSince()).isEmpty();
            assertThat(reversal.commit(reversal.prepare()).lost()).isEmpty();
            reversal.settled();
        }
    }

    /** An undo, or a redo, as a crash leaves it after so many moves. */
    private List<Change> cutShort(int moves, Direction direction) throws IOException {
        List<Change> prepared = reversal(direction).prepare();
        cutShort(moves, prepared, direction);
        return prepared;
    }

    private void cutShort(int moves, List<Change> prepared, Direction direction) throws IOException {
        Path kept = workspace.undoFolder().resolve("default").resolve(KEY);
        CutShort.after(moves, workspace.root(), kept, prepared, direction);
    }
}
