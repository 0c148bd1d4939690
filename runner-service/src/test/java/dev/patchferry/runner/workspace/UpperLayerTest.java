package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.LayerAttack;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.OverlayXattrs;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            OverlayXattrs.makeOpaque(dir);
        }
        Files.writeString(upper.resolve("dir/both.txt"), "2");

        workspace.commit(transaction);

        assertThat(workspace.content()).containsExactly("rw-r--r-- dir/both.txt \"2\"", "rwxr-xr-x dir/");
        try (DirectoryHandle dir = DirectoryHandle.root(workspace.root().resolve("dir"))) {
            assertThat(OverlayXattrs.isOpaque(dir)).isFalse();
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
    void pipesAreLeftOutAndNamed() throws IOException {
        NativeFiles.makeFifo(upper.resolve("pipe"));
        Files.createDirectory(upper.resolve("dir"));
        NativeFiles.makeFifo(upper.resolve("dir/pipe"));

        ChangeSet changes = workspace.commit(transaction);

        assertThat(workspace.content()).containsExactly("rwxr-xr-x dir/");
        assertThat(changes.dropped())
                .containsExactly(
                        "dir/pipe is a socket, pipe or device and was not kept",
                        "pipe is a socket, pipe or device and was not kept");
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
    void setGroupIdAndStickyOfFoldersAreKeptAndShown() throws IOException {
        givenBefore(workspace.file("stays/file.txt", "s").file("off/file.txt", "o"));
        bits(workspace.root().resolve("off"), 03755);
        givenBefore(workspace);
        for (String path : List.of("new/inner", "new/closed", "stays", "off")) {
            Files.createDirectories(upper.resolve(path));
        }
        Files.writeString(upper.resolve("new/inner/file.txt"), "n");
        bits(upper.resolve("new/closed"), 02500);
        bits(upper.resolve("new/inner"), 01777);
        bits(upper.resolve("new"), 02755);
        bits(upper.resolve("stays"), 03775);
        bits(upper.resolve("off"), 0755);

        ChangeSet changes = transaction.changes();
        String diff = new String(
                transaction
                        .diff(changes, Pace.start(() -> false), _ -> false)
                        .text()
                        .toArray(),
                StandardCharsets.UTF_8);
        transaction.commit(transaction.prepare(changes));
        transaction.settled();

        assertThat(changes.dropped()).isEmpty();
        assertThat(changes.files())
                .extracting(
                        ChangedFile::path,
                        ChangedFile::change,
                        file -> file.mode().orElse(""))
                .containsExactlyInAnyOrder(
                        tuple("new/", "created", "2755"),
                        tuple("new/closed/", "created", "2500"),
                        tuple("new/inner/", "created", "1777"),
                        tuple("new/inner/file.txt", "created", "0644"),
                        tuple("stays", "mode", "3775"),
                        tuple("off", "mode", "0755"));
        assertThat(diff)
                .contains(
                        "folder new: new, mode 2755",
                        "folder new/closed: new, mode 2500",
                        "folder new/inner: new, mode 1777",
                        "folder stays: mode 0755 -> 3775",
                        "folder off: mode 3755 -> 0755");
        assertThat(List.of("new", "new/closed", "new/inner", "stays", "off"))
                .extracting(path -> bits(workspace.root().resolve(path)))
                .containsExactly(02755, 02500, 01777, 03775, 0755);
    }

    @ParameterizedTest
    @CsvSource({
        "new.sh, 04755, set-user-id, u-s",
        "new.sh, 02755, set-group-id, g-s",
        "old.sh, 06755, set-user-id and set-group-id, 'u-s,g-s'",
        "dir/in.sh, 04755, set-user-id, u-s",
        "opaque/in.sh, 02644, set-group-id, g-s"
    })
    void aFileThatGivesRightsToWhoeverRunsItIsRefusedByName(String path, String mode, String names, String letters)
            throws IOException {
        givenBefore(workspace.file("old.sh", "o").file("dir/other.sh", "o"));
        Files.createDirectories(upper.resolve(path).getParent());
        Files.writeString(upper.resolve(path), "#!/bin/sh");
        bits(upper.resolve(path), Integer.parseInt(mode, 8));

        assertThatThrownBy(transaction::changes)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(path + ": would be " + names + ", which is not committed")
                .hasMessageEndingWith("(chmod " + letters + ")");
    }

    @Test
    void anEditOfAFileWithASetIdBitIsRefusedAndOneThatTakesItOffIsNot() throws IOException {
        workspace.file("tool", "before\n");
        bits(workspace.root().resolve("tool"), 04755);
        givenBefore(workspace);
        transaction.apply(Steps.write("tool", "after\n"));

        assertThatThrownBy(transaction::changes).hasMessageContaining("tool: would be set-user-id");

        givenBefore(workspace);
        transaction.apply(Steps.write("tool", "after\n"));
        transaction.apply(new Step.Chmod(new WorkspacePath("tool"), 0755));
        workspace.commit(transaction);
        assertThat(bits(workspace.root().resolve("tool"))).isEqualTo(0755);
    }

    @Test
    void aBitOfTheWorkspacesOwnFolderOrSetUserIdOfAFolderIsRefused() throws IOException {
        bits(upper, 02755);
        assertThatThrownBy(transaction::changes)
                .hasMessageContaining("the workspace's own folder: would be set-group-id");

        givenBefore(workspace);
        Files.createDirectory(upper.resolve("new"));
        bits(upper.resolve("new"), 04755);
        assertThatThrownBy(transaction::changes).hasMessageContaining("new/: would be set-user-id");
    }

    @Test
    void whatAnEngineEditMakesInAFolderThatHandsItsGroupDownHasIt() throws IOException {
        workspace.folder("shared");
        boolean root = Owner.ofThisProcess().isRoot();
        int group = root ? 4_321 : Owner.ofThisProcess().gid();
        Files.setAttribute(workspace.root().resolve("shared"), "unix:gid", group);
        bits(workspace.root().resolve("shared"), 02775);
        givenBefore(workspace);
        transaction.apply(Steps.write("shared/new/file.txt", "n"));

        workspace.commit(transaction);

        Path made = workspace.root().resolve("shared/new");
        assertThat(bits(made)).isEqualTo(02755);
        assertThat(List.of(
                        Owner.of(made).gid(), Owner.of(made.resolve("file.txt")).gid()))
                .containsOnly(group);
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

    private static void bits(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private static int bits(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & FileStat.PERMISSION_BITS;
    }

    private void upperFolder(String path, String permissions) throws IOException {
        Files.createDirectories(upper.resolve(path));
        mode(upper.resolve(path), permissions);
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
