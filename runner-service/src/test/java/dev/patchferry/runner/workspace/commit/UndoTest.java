package dev.patchferry.runner.workspace.commit;

import static dev.patchferry.runner.workspace.Steps.delete;
import static dev.patchferry.runner.workspace.Steps.edit;
import static dev.patchferry.runner.workspace.Steps.move;
import static dev.patchferry.runner.workspace.Steps.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.engine.plan.Step;
import dev.patchferry.runner.workspace.ExactListing;
import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.Steps;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit is taken back, and brought back, exactly and whole, unless somebody else has been there since. */
class UndoTest {
    private static final Path OTHER_FILE_SYSTEM = Path.of("/dev/shm");
    private static final Instant LONG_AGO = Instant.parse("2020-02-02T20:20:20.123456789Z");
    private static final String KEY = "1";

    @TempDir
    Path folder;

    private Path elsewhere;
    private TemporaryWorkspace workspace;
    private List<String> before;
    private List<String> after;

    @BeforeEach
    void makeAnotherFileSystemAvailable() throws IOException {
        assumeTrue(Files.isWritable(OTHER_FILE_SYSTEM), "there is no second file system here");
        elsewhere = Files.createTempDirectory(OTHER_FILE_SYSTEM, "ferry-test");
    }

    @AfterEach
    void removeIt() throws IOException {
        Trees.delete(elsewhere);
        Trees.delete(folder.resolve("workspace-default"));
        Trees.delete(folder.resolve("home"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void P59_takesBackWhateverAPatchDidAndThatAgain(boolean acrossFileSystems) throws IOException {
        commitSomethingOfEverything(acrossFileSystems);

        reverse(Direction.BACK);
        assertThat(ExactListing.of(workspace.root())).isEqualTo(before);

        reverse(Direction.FORWARD);
        assertThat(ExactListing.of(workspace.root())).isEqualTo(after);

        reverse(Direction.BACK);
        assertThat(ExactListing.of(workspace.root())).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "0, false", "1, false", "2, false", "3, false", "5, false", "8, false", "11, false", "13, false",
        "0, true", "1, true", "2, true", "3, true", "5, true", "8, true", "11, true", "13, true"
    })
    void P55_anUndoGoesOnWhereACrashCutItShort(int done, boolean acrossFileSystems) throws IOException {
        commitSomethingOfEverything(acrossFileSystems);
        List<Change> prepared = cutShortAfter(done);

        workspace.workspaces().finishReversal(workspace.workspace(), KEY, prepared, Direction.BACK);

        assertThat(ExactListing.of(workspace.root())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 11, 12})
    void P55_anUndoThatCannotGoOnAfterACrashLeavesEverythingAsItWas(int done) throws IOException {
        commitSomethingOfEverything(false);
        List<Change> prepared = cutShortAfter(done);
        Path last = workspace.root().resolve("a-edited.txt");
        Files.writeString(last, "by hand");

        assertThatThrownBy(() ->
                        workspace.workspaces().finishReversal(workspace.workspace(), KEY, prepared, Direction.BACK))
                .isInstanceOfSatisfying(CommitFailure.class, failure -> {
                    assertThat(failure).hasMessage("a-edited.txt: was changed by somebody else meanwhile");
                    assertThat(failure.left()).isEmpty();
                });

        assertThat(last).hasContent("by hand");
        assertThat(names(ExactListing.of(workspace.root()))).isEqualTo(names(after));
    }

    @Test
    void P57_refusesWhileAFileIsNotAsThePatchLeftIt() throws IOException {
        commitSomethingOfEverything(false);
        workspace.file("a-edited.txt", "by hand");
        workspace.file("new/inner/added.txt", "by hand");
        workspace.file("deleted.txt", "made again");
        workspace.mode("new/inner/script.sh", "rw-r--r--");

        try (Reversal reversal = reversal(Direction.BACK)) {
            assertThat(reversal.changedSince())
                    .containsExactly("a-edited.txt", "deleted.txt", "new/inner/added.txt", "new/inner/script.sh");
        }
    }

    @Test
    void aFileThatWasOnlyWrittenAgainAsItWasIsNoObstacle() throws IOException {
        commitSomethingOfEverything(false);
        Files.delete(workspace.root().resolve("a-edited.txt"));
        workspace.file("a-edited.txt", "after");

        reverse(Direction.BACK);

        assertThat(workspace.root().resolve("a-edited.txt")).hasContent("before");
        assertThat(names(ExactListing.of(workspace.root()))).isEqualTo(names(before));
    }

    @Test
    void P57_keepsAnEditThatComesBetweenTheLookAndTheCommit() throws IOException {
        commitSomethingOfEverything(false);
        Reversal reversal = reversal(Direction.BACK);
        assertThat(reversal.changedSince()).isEmpty();
        List<Change> prepared = reversal.prepare();
        Path edited = workspace.root().resolve("a-edited.txt");
        Files.writeString(edited, "by hand");

        assertThatThrownBy(() -> reversal.commit(prepared)).isInstanceOf(CommitFailure.class);
        reversal.settled();
        reversal.close();

        assertThat(edited).hasContent("by hand");
        assertThat(names(ExactListing.of(workspace.root()))).isEqualTo(names(after));
    }

    @Test
    void saysWhichLaterCommitTouchedAPath() throws IOException {
        commitSomethingOfEverything(false);
        commit("2", write("a-edited.txt", "later"));
        commit("3", write("new/inner/other.txt", "later still"));

        assertThat(workspace.workspaces().laterTouching(workspace.workspace(), KEY, "a-edited.txt"))
                .containsExactly("2");
        assertThat(workspace.workspaces().laterTouching(workspace.workspace(), KEY, "new/inner/other.txt"))
                .containsExactly("3");
        assertThat(workspace.workspaces().laterTouching(workspace.workspace(), "2", "a-edited.txt"))
                .isEmpty();
    }

    @Test
    void whatACrashLeftStagedBeforeTheUndoWasJournalledIsRemoved() throws IOException {
        commitSomethingOfEverything(true);
        try (Reversal reversal = reversal(Direction.BACK)) {
            reversal.prepare();
        }
        assertThat(names(ExactListing.of(workspace.root()))).isNotEqualTo(names(after));

        workspace.workspaces().tidy(workspace.workspace(), Set.of());

        assertThat(names(ExactListing.of(workspace.root()))).isEqualTo(names(after));
        reverse(Direction.BACK);
        assertThat(names(ExactListing.of(workspace.root()))).isEqualTo(names(before));
    }

    @Test
    void keepsTheMostRecentCommitsOnly() throws IOException {
        workspace = TemporaryWorkspace.in(folder);

        for (int i = 1; i <= 52; i++) {
            commit(String.valueOf(i), write("a.txt", "version " + i));
        }

        assertThat(keptKeys()).hasSize(50).doesNotContain("1", "2").contains("3", "52");
    }

    @Test
    void keepsNoCommitForLongerThanAgreed() throws IOException {
        workspace = TemporaryWorkspace.in(folder);
        commit("1", write("a.txt", "a"));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(15));

        new UndoSpace(workspace.undoFolder(), UndoBounds.DEFAULT, later)
                .of(workspace.workspace().name())
                .tidy(Set.of());

        assertThat(keptKeys()).isEmpty();
    }

    @Test
    void keepsNoMoreBytesThanAgreed() throws IOException {
        workspace =
                TemporaryWorkspace.in(folder).file("a.txt", "a".repeat(1_000)).file("b.txt", "b".repeat(1_000));
        commit("1", delete("a.txt"));
        commit("2", delete("b.txt"));
        UndoBounds tight = new UndoBounds(50, Duration.ofDays(14), 1_500);

        new UndoSpace(workspace.undoFolder(), tight, Clock.systemUTC())
                .of(workspace.workspace().name())
                .tidy(Set.of());

        assertThat(keptKeys()).containsExactly("2");
    }

    private List<String> keptKeys() throws IOException {
        try (Stream<Path> kept = Files.list(workspace.undoFolder().resolve("default"))) {
            return kept.map(path -> path.getFileName().toString()).toList();
        }
    }

    private void commitSomethingOfEverything(boolean acrossFileSystems) throws IOException {
        workspace = acrossFileSystems ? TemporaryWorkspace.between(elsewhere, folder) : TemporaryWorkspace.in(folder);
        workspace
                .file("a-edited.txt", "before")
                .file("deleted.txt", "d")
                .file("gone/deep/x.txt", "x")
                .file("gone/y.txt", "y")
                .file("mode.sh", "m")
                .mode("mode.sh", "rw-------")
                .file("moved.txt", "m")
                .file("becomes-folder", "file")
                .file("becomes-file/x.txt", "x")
                .file("stays/old.txt", "o")
                .file("locked/x.txt", "x")
                .link("link", "nowhere")
                .folder("empty");
        attribute("deleted.txt", "user-note");
        attribute("gone", "folder-note");
        makeOld();
        workspace.mode("locked", "r-xr-xr-x");
        before = ExactListing.of(workspace.root());
        try (OverlayTransaction transaction = workspace.begin()) {
            transaction.apply(edit("a-edited.txt", "before", "after"));
            transaction.apply(delete("deleted.txt"));
            transaction.apply(Steps.chmod("mode.sh", 0755));
            transaction.apply(move("moved.txt", "stays/moved-here.txt"));
            transaction.apply(write("new/inner/file.txt", "n"));
            transaction.apply(write("new/inner/script.sh", "s"));
            transaction.apply(Steps.chmod("new/inner/script.sh", 0755));
            Path upper = transaction.upper();
            NativeFiles.makeWhiteout(upper.resolve("gone"));
            NativeFiles.makeWhiteout(upper.resolve("empty"));
            Files.createSymbolicLink(upper.resolve("link"), Path.of("somewhere"));
            Files.createDirectories(upper.resolve("becomes-folder"));
            Files.writeString(upper.resolve("becomes-folder/in.txt"), "in");
            Files.writeString(upper.resolve("becomes-file"), "now a file");
            Path locked = Files.createDirectory(upper.resolve("locked"));
            Files.writeString(locked.resolve("x.txt"), "y");
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
            workspace.commit(transaction);
        }
        after = ExactListing.of(workspace.root());
        assertThat(after).isNotEqualTo(before);
        assertThat(names(after)).noneMatch(name -> name.startsWith(".ferry"));
    }

    private void commit(String key, Step.FileStep step) throws IOException {
        try (OverlayTransaction transaction =
                (OverlayTransaction) workspace.workspaces().begin(workspace.workspace(), key)) {
            transaction.apply(step);
            workspace.commit(transaction);
        }
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

    /** An undo as a crash leaves it after so many moves. */
    private List<Change> cutShortAfter(int moves) throws IOException {
        List<Change> prepared = reversal(Direction.BACK).prepare();
        assertThat(prepared).hasSizeGreaterThanOrEqualTo(13);
        CutShort.after(moves, workspace.root(), kept(), prepared, Direction.BACK);
        return prepared;
    }

    private Path kept() {
        return workspace.undoFolder().resolve("default").resolve(KEY);
    }

    private void attribute(String path, String value) throws IOException {
        Path file = workspace.root().resolve(path);
        if (Files.getFileStore(file).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                    .write("note", StandardCharsets.UTF_8.encode(value));
        }
    }

    private void makeOld() throws IOException {
        try (Stream<Path> entries = Files.walk(workspace.root())) {
            for (Path entry :
                    entries.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Files.setLastModifiedTime(entry, FileTime.from(LONG_AGO));
            }
        }
    }

    private static List<String> names(List<String> listing) {
        return listing.stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }
}
