package dev.patchferry.runner.workspace;

import static dev.patchferry.runner.workspace.Steps.delete;
import static dev.patchferry.runner.workspace.Steps.edit;
import static dev.patchferry.runner.workspace.Steps.move;
import static dev.patchferry.runner.workspace.Steps.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.workspace.fs.NativeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a change set from being committed: somebody else's changes, and what decides what git runs. */
class ObstacleTest {
    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;
    private OverlayTransaction transaction;

    @BeforeEach
    void begin() throws IOException {
        workspace = TemporaryWorkspace.in(folder)
                .file("a.txt", "one")
                .file("b.txt", "two")
                .file("dir/c.txt", "three")
                .file(".git/HEAD", "ref: refs/heads/main");
        transaction = workspace.begin();
    }

    @AfterEach
    void end() {
        transaction.close();
    }

    @Test
    void S6_anEditOfAnUntouchedFileIsNone() throws IOException {
        transaction.apply(edit("a.txt", "one", "1"));
        Files.writeString(workspace.root().resolve("b.txt"), "by hand");

        assertThat(obstacle()).isEmpty();
    }

    @Test
    void S6_anEditOfTheSameFileIsAConflict() throws IOException {
        transaction.apply(edit("a.txt", "one", "1"));
        Files.writeString(workspace.root().resolve("a.txt"), "by hand");

        assertThat(obstacle()).contains("conflict " + "a.txt");
    }

    @Test
    void S6_aFileThatWasDeletedMeanwhileIsAConflict() throws IOException {
        transaction.apply(edit("a.txt", "one", "1"));
        Files.delete(workspace.root().resolve("a.txt"));

        assertThat(obstacle()).contains("conflict " + "a.txt");
    }

    @Test
    void S6_aFileThatWasMadeMeanwhileUnderTheSameNameIsAConflict() throws IOException {
        transaction.apply(write("new.txt", "mine"));
        Files.writeString(workspace.root().resolve("new.txt"), "yours");

        assertThat(obstacle()).contains("conflict " + "new.txt");
    }

    @Test
    void S6_aNewFileInAFolderThatThePatchDeletesIsAConflict() throws IOException {
        NativeFiles.makeWhiteout(transaction.upper().resolve("dir"));
        Files.writeString(workspace.root().resolve("dir/new.txt"), "by hand");

        assertThat(obstacle()).contains("conflict " + "dir");
    }

    @Test
    void P22_aParentThatWasRenamedMeanwhileIsAConflict() throws IOException {
        transaction.apply(write("dir/c.txt", "3"));
        Files.move(workspace.root().resolve("dir"), workspace.root().resolve("renamed"));

        assertThat(obstacle()).contains("conflict " + "dir");
    }

    @Test
    void P18_aParentThatBecameALinkMeanwhileIsAConflict() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        transaction.apply(write("dir/new.txt", "n"));
        Files.move(workspace.root().resolve("dir"), workspace.root().resolve("moved"));
        workspace.link("dir", outside.toString());

        assertThat(obstacle()).contains("conflict " + "dir");
    }

    @Test
    void aFileThatThePatchItselfMovedIsNone() throws IOException {
        transaction.apply(move("a.txt", "dir/a.txt"));
        transaction.apply(edit("dir/a.txt", "one", "1"));

        assertThat(obstacle()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/config",
                ".git/config.worktree",
                ".git/hooks/pre-commit",
                ".git/commondir",
                ".git/gitdir",
                ".git/info/attributes",
                ".git/modules/lib/config",
                ".git/worktrees/w/commondir",
                "nested/.git/hooks/post-checkout",
                "nested/.GIT/config",
                "linked/.git"
            })
    void X46_whatDecidesWhatGitRunsIsProtected(String path) throws IOException {
        commandWrites(path);

        assertThat(obstacle()).get().satisfies(obstacle -> {
            assertThat(obstacle).startsWith("protected_path ");
            assertThat("protected_path " + path).startsWith(obstacle);
        });
    }

    @Test
    void X46_deletingAGitDirectoryIsProtected() throws IOException {
        NativeFiles.makeWhiteout(transaction.upper().resolve(".git"));

        assertThat(obstacle()).contains("protected_path " + ".git");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "hooks/post-update",
                "commondir",
                "worktrees/w/gitdir",
                "info/attributes",
                "modules/lib/config.worktree"
            })
    void X46_whatDecidesWhatGitRunsInABareRepositoryIsProtected(String path) throws IOException {
        ownersRepository("vendor/lib");

        commandWrites("vendor/lib/" + path);

        assertThat(obstacle()).contains("protected_path " + "vendor/lib/" + path);
    }

    @Test
    void X46_deletingABareRepositoryIsProtected() throws IOException {
        ownersRepository("vendor/lib");
        workspace.file("vendor/lib/config", "[core]");
        NativeFiles.makeWhiteout(
                Files.createDirectories(transaction.upper().resolve("vendor")).resolve("lib"));

        assertThat(obstacle()).contains("protected_path " + "vendor/lib/config");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lib/", "lib/deep/"})
    void X46_makingABareRepositoryIsProtected(String place) throws IOException {
        commandWrites(place + "HEAD");
        commandWrites(place + "config");
        Files.createDirectory(transaction.upper().resolve(place + "objects"));
        Files.createDirectory(transaction.upper().resolve(place + "refs"));

        assertThat(obstacle()).get().satisfies(obstacle -> {
            assertThat(obstacle).startsWith("protected_path " + place);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "objects/x", "refs/x"})
    void X46_addingTheLastPartOfABareRepositoryIsProtected(String last) throws IOException {
        for (String part : List.of("HEAD", "objects/x", "refs/x", "config")) {
            if (!part.equals(last)) {
                workspace.file("lib/" + part, "left by an earlier patch");
            }
        }

        commandWrites("lib/" + last);

        assertThat(obstacle()).contains("protected_path " + "lib/" + last);
    }

    @Test
    void X46_aFolderThatBorrowsTheObjectsOfAnotherIsARepositoryToo() throws IOException {
        commandWrites("lib/HEAD");
        commandWrites("lib/commondir");

        assertThat(obstacle()).get().asString().startsWith("protected_path ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"objects/ab/cdef", "refs/heads/main", "HEAD", "packed-refs", "refs/heads/hooks"})
    void aPatchMayPushToABareRepository(String path) throws IOException {
        ownersRepository("vendor/lib");

        commandWrites("vendor/lib/" + path);

        assertThat(obstacle()).isEmpty();
    }

    @Test
    void foldersThatOnlyResembleARepositoryAreNone() throws IOException {
        commandWrites("docs/HEAD");
        commandWrites("docs/objects/a.txt");
        commandWrites("docs/config/b.txt");

        assertThat(obstacle()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/index",
                ".git/objects/ab/cdef",
                ".git/refs/heads/config-cleanup",
                ".git/refs/heads/hooks",
                ".git/logs/HEAD",
                ".git/COMMIT_EDITMSG",
                "config",
                "src/hooks/useThing.ts",
                ".gitignore"
            })
    void aPatchMayCommitToGitAndNameItsOwnFilesAsItLikes(String path) throws IOException {
        commandWrites(path);

        assertThat(obstacle()).isEmpty();
    }

    @Test
    void aDeletionThatIsRedoneAsAFileIsNone() throws IOException {
        transaction.apply(delete("a.txt"));
        transaction.apply(write("a.txt", "again"));

        assertThat(obstacle()).isEmpty();
    }

    /** Made before the transaction began, as everything of the owner's is. */
    private void ownersRepository(String path) throws IOException {
        transaction.close();
        workspace
                .file(path + "/HEAD", "ref: refs/heads/main")
                .file(path + "/refs/heads/main", "0")
                .folder(path + "/objects");
        transaction = workspace.begin();
    }

    private Optional<String> obstacle() throws IOException {
        return transaction.obstacle(transaction.changes()).map(obstacle -> obstacle.reason() + " " + obstacle.path());
    }

    private void commandWrites(String path) throws IOException {
        Path file = transaction.upper().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "by a command");
    }
}
