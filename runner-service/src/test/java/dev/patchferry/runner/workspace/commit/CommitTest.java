package dev.patchferry.runner.workspace.commit;

import static dev.patchferry.runner.workspace.Steps.delete;
import static dev.patchferry.runner.workspace.Steps.edit;
import static dev.patchferry.runner.workspace.Steps.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.workspace.Listing;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit takes effect whole or not at all, also when it is cut short, within one file system and across two. */
class CommitTest {
    private static final Path OTHER_FILE_SYSTEM = Path.of("/dev/shm");
    private static final List<String> BEFORE = List.of(
            "r-xr-xr-x locked/",
            "rw-r--r-- deleted.txt \"d\"",
            "rw-r--r-- dir/kept.txt \"k\"",
            "rw-r--r-- edited.txt \"e\"",
            "rw-r--r-- locked/x.txt \"x\"",
            "rw-r--r-- old/x.txt \"x\"",
            "rwxr-xr-x dir/",
            "rwxr-xr-x old/");
    private static final List<String> AFTER = List.of(
            "r-xr-xr-x locked/",
            "rw-r--r-- dir/kept.txt \"k\"",
            "rw-r--r-- dir/new.txt \"n\"",
            "rw-r--r-- edited.txt \"f\"",
            "rw-r--r-- locked/x.txt \"y\"",
            "rw-r--r-- z-new/inner.txt \"z\"",
            "rwxr-xr-x dir/",
            "rwxr-xr-x z-new/");

    @TempDir
    Path folder;

    private Path elsewhere;
    private TemporaryWorkspace workspace;
    private OverlayTransaction transaction;
    private List<Change> prepared;

    @BeforeEach
    void makeAnotherFileSystemAvailable() throws IOException {
        assumeTrue(Files.isWritable(OTHER_FILE_SYSTEM), "there is no second file system here");
        elsewhere = Files.createTempDirectory(OTHER_FILE_SYSTEM, "ferry-test");
    }

    @AfterEach
    void removeIt() throws IOException {
        Trees.delete(elsewhere);
        Trees.delete(folder.resolve("workspace-default"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesEffectWhole(boolean acrossFileSystems) throws IOException {
        prepare(acrossFileSystems);

        transaction.commit(prepared);
        transaction.settled();
        transaction.close();

        assertThat(workspace.content()).isEqualTo(AFTER);
        assertThat(Listing.of(workspace.transactions())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void P52_takesEverythingBackWhenTheLastChangeCannotBeMade(boolean acrossFileSystems) throws IOException {
        prepare(acrossFileSystems);
        workspace.file("z-new/mine.txt", "somebody else was faster");

        assertThatThrownBy(() -> transaction.commit(prepared)).isInstanceOfSatisfying(CommitFailure.class, failure -> {
            assertThat(failure).hasMessage("z-new: exists already");
            assertThat(failure.left()).isEmpty();
        });
        transaction.settled();
        transaction.close();

        Trees.delete(workspace.root().resolve("z-new"));
        assertThat(workspace.content()).isEqualTo(BEFORE);
        assertThat(Listing.of(workspace.transactions())).isEmpty();
    }

    @Test
    void S6_takesEverythingBackWhenAFileChangedAfterTheLastLook() throws IOException {
        prepare(false);
        Files.writeString(workspace.root().resolve("edited.txt"), "by hand");

        assertThatThrownBy(() -> transaction.commit(prepared))
                .isInstanceOf(CommitFailure.class)
                .hasMessage("edited.txt: was changed by somebody else meanwhile");

        assertThat(workspace.root().resolve("edited.txt")).hasContent("by hand");
        assertThat(workspace.root().resolve("deleted.txt")).hasContent("d");
        assertThat(workspace.root().resolve("dir/new.txt")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "0, false", "1, false", "2, false", "3, false", "4, false", "5, false", "6, false", "7, false", "8, false",
        "0, true", "1, true", "2, true", "3, true", "4, true", "5, true", "6, true", "7, true", "8, true"
    })
    void P55_goesOnWhereACrashCutItShort(int done, boolean acrossFileSystems) throws IOException {
        prepare(acrossFileSystems);
        assertThat(prepared).hasSize(8);
        cutShortAfter(done);

        workspace.workspaces().finishCommit(workspace.workspace(), "1", prepared);
        workspace.workspaces().drop("1");

        assertThat(workspace.content()).isEqualTo(AFTER);
        assertThat(Listing.of(workspace.transactions())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void P55_goesBackWhereACrashCutItShortAndItCannotGoOn(int done) throws IOException {
        prepare(false);
        cutShortAfter(done);
        workspace.file("z-new/mine.txt", "made by hand while the runner was down");

        assertThatThrownBy(() -> workspace.workspaces().finishCommit(workspace.workspace(), "1", prepared))
                .isInstanceOf(CommitFailure.class);

        Trees.delete(workspace.root().resolve("z-new"));
        assertThat(workspace.content()).isEqualTo(BEFORE);
    }

    @Test
    void saysSoWhenTheTransactionOfACommitIsLost() throws IOException {
        prepare(false);
        cutShortAfter(1);
        workspace.workspaces().drop("1");
        workspace.file("deleted.txt", "made again by hand");

        assertThatThrownBy(() -> workspace.workspaces().finishCommit(workspace.workspace(), "1", prepared))
                .isInstanceOfSatisfying(
                        CommitFailure.class,
                        failure -> assertThat(failure.left()).contains("deleted.txt", "edited.txt"));

        assertThat(workspace.root().resolve("deleted.txt")).hasContent("made again by hand");
    }

    @Test
    void keepsWhatCouldNotBePutBack() throws IOException {
        prepare(false);
        cutShortAfter(7);
        workspace.file("z-new/mine.txt", "in the way of going on");
        workspace.file("deleted.txt", "in the way of going back");

        assertThatThrownBy(() -> workspace.workspaces().finishCommit(workspace.workspace(), "1", prepared))
                .isInstanceOfSatisfying(
                        CommitFailure.class,
                        failure -> assertThat(failure.left())
                                .singleElement()
                                .asString()
                                .startsWith("deleted.txt (was changed by somebody else"));
        workspace.workspaces().drop("1");

        assertThat(Listing.of(workspace.transactions())).contains("rw-r--r-- 1/removed/0 \"d\"");
    }

    @Test
    void rollsBackWhatIsDroppedBeforeItsCommitAcrossFileSystems() throws IOException {
        prepare(true);

        workspace.workspaces().dropAllBut(Set.of());

        assertThat(workspace.content()).isEqualTo(BEFORE);
        assertThat(Listing.of(workspace.transactions())).isEmpty();
    }

    private void prepare(boolean acrossFileSystems) throws IOException {
        workspace = acrossFileSystems ? TemporaryWorkspace.between(elsewhere, folder) : TemporaryWorkspace.in(folder);
        workspace
                .file("deleted.txt", "d")
                .file("edited.txt", "e")
                .file("dir/kept.txt", "k")
                .file("old/x.txt", "x");
        workspace.file("locked/x.txt", "x").mode("locked", "r-xr-xr-x");
        assertThat(workspace.content()).isEqualTo(BEFORE);
        transaction = workspace.begin();
        transaction.apply(delete("deleted.txt"));
        transaction.apply(write("dir/new.txt", "n"));
        transaction.apply(edit("edited.txt", "e", "f"));
        transaction.apply(write("z-new/inner.txt", "z"));
        Path locked = Files.createDirectory(transaction.upper().resolve("locked"));
        Files.writeString(locked.resolve("x.txt"), "y");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        NativeFiles.makeWhiteout(transaction.upper().resolve("old"));
        ChangeSet changes = transaction.changes();
        assertThat(transaction.obstacle(changes)).isEmpty();
        prepared = transaction.prepare(changes);
    }

    private void cutShortAfter(int moves) throws IOException {
        CutShort.after(moves, workspace.root(), transaction.upper().getParent(), prepared, Direction.FORWARD);
    }
}
