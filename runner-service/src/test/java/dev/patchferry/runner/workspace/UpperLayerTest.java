package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchferry.contract.Receipt.ChangedFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workspace looks like after a commit of what commands left in the upper layer, in the marks of overlayfs. */
class UpperLayerTest {
    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;
    private OverlayTransaction transaction;
    private Path upper;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder);
        transaction = workspace.begin();
        upper = transaction.upper();
    }

    @AfterEach
    void drop() {
        transaction.close();
    }

    @Test
    void aWhiteoutDeletesAFileAndAWholeFolder() throws IOException {
        givenBefore(workspace
                .file("a.txt", "a")
                .file("dir/b.txt", "b")
                .file("dir/sub/c.txt", "c")
                .file("stays.txt", "s"));
        NativeFiles.makeWhiteout(upper.resolve("a.txt"));
        NativeFiles.makeWhiteout(upper.resolve("dir"));

        ChangeSet changes = workspace.commit(transaction);

        assertThat(workspace.content()).containsExactly("rw-r--r-- stays.txt \"s\"");
        assertThat(changes.files())
                .extracting(ChangedFile::path, ChangedFile::change)
                .containsExactly(
                        tuple("a.txt", "deleted"), tuple("dir/b.txt", "deleted"), tuple("dir/sub/c.txt", "deleted"));
    }

    @Test
    void aWhiteoutOfNothingChangesNothing() throws IOException {
        NativeFiles.makeWhiteout(upper.resolve("never-there"));

        assertThat(transaction.changes().isEmpty()).isTrue();
    }

    @Test
    void anOpaqueFolderReplacesEverythingInTheOldOne() throws IOException {
        givenBefore(workspace.file("dir/old.txt", "old").file("dir/both.txt", "1"));
        Files.createDirectory(upper.resolve("dir"));
        try (DirectoryHandle dir = DirectoryHandle.root(upper.resolve("dir"))) {
            OverlayMarks.makeOpaque(dir);
        }
        Files.writeString(upper.resolve("dir/both.txt"), "2");

        workspace.commit(transaction);

        assertThat(workspace.content()).containsExactly("rw-r--r-- dir/both.txt \"2\"", "rwxr-xr-x dir/");
        try (DirectoryHandle dir = DirectoryHandle.root(workspace.root().resolve("dir"))) {
            assertThat(OverlayMarks.isOpaque(dir)).isFalse();
        }
    }

    @Test
    void aFileReplacesAFolderAndAFolderAFile() throws IOException {
        givenBefore(workspace.file("was-folder/x.txt", "x").file("was-file", "f"));
        Files.writeString(upper.resolve("was-folder"), "now a file");
        Files.createDirectories(upper.resolve("was-file"));
        Files.writeString(upper.resolve("was-file/y.txt"), "y");

        workspace.commit(transaction);

        assertThat(workspace.content())
                .containsExactly(
                        "rw-r--r-- was-file/y.txt \"y\"", "rw-r--r-- was-folder \"now a file\"", "rwxr-xr-x was-file/");
    }

    @Test
    void linksComeAndReplaceFiles() throws IOException {
        givenBefore(workspace.file("a.txt", "a"));
        Files.createSymbolicLink(upper.resolve("new"), Path.of("/nowhere"));
        Files.createSymbolicLink(upper.resolve("a.txt"), Path.of("new"));
        Files.createDirectory(upper.resolve("dir"));
        Files.createSymbolicLink(upper.resolve("dir/link"), Path.of("../new"));

        ChangeSet changes = workspace.commit(transaction);

        assertThat(workspace.content())
                .containsExactly("a.txt -> new", "dir/link -> ../new", "new -> /nowhere", "rwxr-xr-x dir/");
        assertThat(changes.files()).extracting(ChangedFile::change).containsExactly("modified", "created", "created");
    }

    @Test
    void emptyFoldersComeAndGo() throws IOException {
        givenBefore(workspace.folder("old"));
        NativeFiles.makeWhiteout(upper.resolve("old"));
        Files.createDirectories(upper.resolve("new/inner"));

        ChangeSet changes = workspace.commit(transaction);

        assertThat(workspace.content()).containsExactly("rwxr-xr-x new/", "rwxr-xr-x new/inner/");
        assertThat(changes.files())
                .extracting(ChangedFile::path, ChangedFile::change)
                .containsExactly(tuple("new/inner/", "created"), tuple("old/", "deleted"));
    }

    @Test
    void aFolderStaysAndComesToAnotherMode() throws IOException {
        givenBefore(workspace.file("dir/a.txt", "a"));
        upperFolder("dir", "r-xr-xr-x");

        ChangeSet changes = workspace.commit(transaction);

        assertThat(workspace.content()).containsExactly("r-xr-xr-x dir/", "rw-r--r-- dir/a.txt \"a\"");
        assertThat(changes.files()).extracting(ChangedFile::change).containsExactly("mode");
        workspace.mode("dir", "rwxr-xr-x");
    }

    @Test
    void aFolderThatBecomesReadOnlyStillGetsItsNewFiles() throws IOException {
        givenBefore(workspace.file("dir/a.txt", "a"));
        upperFolder("dir", "rwxr-xr-x");
        Files.writeString(upper.resolve("dir/b.txt"), "b");
        mode(upper.resolve("dir"), "r-xr-xr-x");

        workspace.commit(transaction);

        assertThat(workspace.content())
                .containsExactly("r-xr-xr-x dir/", "rw-r--r-- dir/a.txt \"a\"", "rw-r--r-- dir/b.txt \"b\"");
        workspace.mode("dir", "rwxr-xr-x");
    }

    @Test
    void aReadOnlyFolderThatStaysSoStillChanges() throws IOException {
        givenBefore(workspace.file("dir/a.txt", "a").file("dir/gone.txt", "g").mode("dir", "r-xr-xr-x"));
        upperFolder("dir", "rwxr-xr-x");
        Files.writeString(upper.resolve("dir/a.txt"), "b");
        NativeFiles.makeWhiteout(upper.resolve("dir/gone.txt"));
        mode(upper.resolve("dir"), "r-xr-xr-x");

        workspace.commit(transaction);

        assertThat(workspace.content()).containsExactly("r-xr-xr-x dir/", "rw-r--r-- dir/a.txt \"b\"");
        workspace.mode("dir", "rwxr-xr-x");
    }

    @Test
    void aReadOnlyTreeComesWholeAndAnotherGoes() throws IOException {
        givenBefore(workspace.file("old/x.txt", "x").mode("old", "r-xr-xr-x"));
        NativeFiles.makeWhiteout(upper.resolve("old"));
        Files.createDirectories(upper.resolve("new/sub"));
        Files.writeString(upper.resolve("new/sub/y.txt"), "y");
        mode(upper.resolve("new/sub"), "r-xr-xr-x");
        mode(upper.resolve("new"), "r-xr-xr-x");

        workspace.commit(transaction);

        assertThat(workspace.content())
                .containsExactly("r-xr-xr-x new/", "r-xr-xr-x new/sub/", "rw-r--r-- new/sub/y.txt \"y\"");
        workspace.mode("new", "rwxr-xr-x").mode("new/sub", "rwxr-xr-x");
    }

    @Test
    void whatNobodyMayReadIsKeptAsItIs() throws IOException {
        givenBefore(workspace
                .file("old.txt", "o")
                .mode("old.txt", "---------")
                .folder("old-dir")
                .mode("old-dir", "---------"));
        Files.writeString(upper.resolve("old.txt"), "changed");
        mode(upper.resolve("old.txt"), "---------");
        NativeFiles.makeWhiteout(upper.resolve("old-dir"));
        Files.writeString(upper.resolve("new.txt"), "n");
        mode(upper.resolve("new.txt"), "---------");
        Files.createDirectory(upper.resolve("new-dir"));
        Files.writeString(upper.resolve("new-dir/in.txt"), "i");
        mode(upper.resolve("new-dir"), "---------");

        ChangeSet changes = workspace.commit(transaction);

        assertThat(changes.files())
                .extracting(ChangedFile::path, ChangedFile::change)
                .containsExactly(
                        tuple("new-dir/in.txt", "created"),
                        tuple("new.txt", "created"),
                        tuple("old-dir/", "deleted"),
                        tuple("old.txt", "modified"));
        workspace.mode("new-dir", "rwxr-xr-x").mode("new.txt", "rw-------").mode("old.txt", "rw-------");
        assertThat(workspace.content())
                .containsExactly(
                        "rw------- new.txt \"n\"",
                        "rw------- old.txt \"changed\"",
                        "rw-r--r-- new-dir/in.txt \"i\"",
                        "rwxr-xr-x new-dir/");
    }

    @Test
    void pipesAndSetIdBitsAreLeftOutAndNamed() throws IOException {
        NativeFiles.makeFifo(upper.resolve("pipe"));
        Files.createDirectory(upper.resolve("dir"));
        NativeFiles.makeFifo(upper.resolve("dir/pipe"));
        Files.writeString(upper.resolve("tool"), "t");
        Files.setAttribute(upper.resolve("tool"), "unix:mode", 06755);

        ChangeSet changes = workspace.commit(transaction);

        assertThat(workspace.content()).containsExactly("rwxr-xr-x dir/", "rwxr-xr-x tool \"t\"");
        assertThat(Files.getAttribute(workspace.root().resolve("tool"), "unix:mode"))
                .isEqualTo(0100755);
        assertThat(changes.dropped())
                .containsExactly(
                        "dir/pipe is a socket, pipe or device and was not kept",
                        "pipe is a socket, pipe or device and was not kept",
                        "the set-id bits of tool were not kept");
    }

    @Test
    void aFileThatWasOnlyTouchedIsNoChangeOfContent() throws IOException {
        givenBefore(workspace.file("a.txt", "same"));
        Files.writeString(upper.resolve("a.txt"), "same");

        assertThat(transaction.changes().files()).isEmpty();
    }

    @Test
    void namesInAnyScriptAreKept() throws IOException {
        Files.writeString(upper.resolve("prüfung 检查 🚢.txt"), "ü");

        workspace.commit(transaction);

        assertThat(workspace.root().resolve("prüfung 检查 🚢.txt")).hasContent("ü");
    }

    @Test
    void aNameThatIsNotUtf8IsRefusedInWords() throws Exception {
        Process touch = new ProcessBuilder("sh", "-c", "touch \"$(printf 'bad\\377name')\"")
                .directory(upper.toFile())
                .start();
        assertThat(touch.waitFor()).isZero();

        assertThatThrownBy(transaction::changes)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("has a name that is not UTF-8");
    }

    @Test
    void aModeOfTheWorkspaceItselfIsNamedAsNotKept() throws IOException {
        mode(upper, "rwx------");

        assertThat(transaction.changes().dropped())
                .containsExactly("the mode of the workspace's own folder was not kept");
    }

    /** The files were there before the patch began: the transaction is begun anew. */
    @Test
    void Y10_aPathThatNoToolCouldNameIsRefusedInWords() throws Exception {
        LayerAttack.nest(LayerAttack.compiled(folder), upper, 5_000, 1);

        assertThatThrownBy(transaction::changes)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a path of more than 3840 bytes; make its folders less deep");
    }

    @Test
    void Y10_aFolderDeeperThanAnyWorkNeedsIsRefusedInWords() throws IOException {
        Files.createDirectories(upper.resolve("d/".repeat(600)));

        assertThatThrownBy(transaction::changes)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("lies more than 500 folders deep");
    }

    @Test
    void Y1_setIdBitsOfFoldersAreNotKeptAndTheReceiptSaysSo() throws IOException {
        givenBefore(workspace.file("stays/file.txt", "s"));
        Files.createDirectories(upper.resolve("new/inner"));
        Files.createDirectories(upper.resolve("stays"));
        for (String path : new String[] {"new", "new/inner", "stays"}) {
            Files.setAttribute(upper.resolve(path), "unix:mode", 02755);
        }

        ChangeSet changes = workspace.commit(transaction);

        assertThat(changes.dropped())
                .containsExactly(
                        "the set-id bits of new/ were not kept",
                        "the set-id bits of new/inner/ were not kept",
                        "the set-id bits of stays/ stay as they were");
        assertThat(workspace.content()).contains("rwxr-xr-x new/inner/", "rwxr-xr-x stays/");
        assertThat((int) Files.getAttribute(workspace.root().resolve("new/inner"), "unix:mode") & 06000)
                .isZero();
    }

    @Test
    void Y1_theGroupThatAFolderHandsDownIsKept() throws IOException {
        givenBefore(workspace.file("shared/file.txt", "s"));
        Files.setAttribute(workspace.root().resolve("shared"), "unix:mode", 02755);
        givenBefore(workspace);
        Files.createDirectories(upper.resolve("shared/new"));
        Files.setAttribute(upper.resolve("shared"), "unix:mode", 02755);
        Files.setAttribute(upper.resolve("shared/new"), "unix:mode", 02755);

        ChangeSet changes = workspace.commit(transaction);

        assertThat(changes.dropped()).isEmpty();
        assertThat((int) Files.getAttribute(workspace.root().resolve("shared/new"), "unix:mode") & 06000)
                .isEqualTo(02000);
    }

    private void givenBefore(TemporaryWorkspace prepared) throws IOException {
        transaction.close();
        transaction = prepared.begin();
        upper = transaction.upper();
    }

    private void upperFolder(String path, String permissions) throws IOException {
        Files.createDirectories(upper.resolve(path));
        mode(upper.resolve(path), permissions);
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
