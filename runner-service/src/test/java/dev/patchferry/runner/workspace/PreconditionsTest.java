package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.workspace.commit.UndoBounds;
import dev.patchferry.runner.workspace.commit.UndoSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to hold before a patch may begin, and what a person is told when it does not. */
class PreconditionsTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path home;

    @BeforeEach
    void setUp() throws IOException {
        folder = temporary.toRealPath();
        home = Files.createDirectories(folder.resolve("home/runner/tx"))
                .getParent()
                .getParent();
    }

    @Test
    void anOrdinaryFolderIsUsable() throws IOException {
        assertThat(unusable(Files.createDirectory(folder.resolve("workspace")))).isEmpty();
    }

    @Test
    void S8_aWorkspaceThatWasDeletedIsNot() {
        assertThat(unusable(folder.resolve("gone"))).get().asString().contains("is not a directory");
    }

    @Test
    void S8_aWorkspaceThatBecameALinkIsNot() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));

        assertThat(unusable(link)).get().asString().contains("is not a directory");
    }

    @Test
    void aLinkedWorktreeIsNotAndACloneIs() throws IOException {
        Path repository = Files.createDirectories(folder.resolve("repository/.git/worktrees/w"));
        Path worktree = Files.createDirectory(folder.resolve("worktree"));
        Files.writeString(worktree.resolve(".git"), "gitdir: " + repository + "\n");

        assertThat(unusable(worktree))
                .get()
                .asString()
                .contains("is a linked worktree or a submodule: its repository is " + repository)
                .endsWith(
                        "use a clone as the workspace, as `git clone --no-hardlinks " + worktree + " FOLDER` makes it");
        Files.writeString(worktree.resolve(".git"), "gitdir: ./git\n");
        Files.createDirectory(worktree.resolve("git"));
        assertThat(unusable(worktree)).isEmpty();
    }

    @Test
    void aWorkspaceInTheRunnersHomeIsNot() throws IOException {
        assertThat(unusable(Files.createDirectory(home.resolve("workspace"))))
                .get()
                .asString()
                .contains("lie inside one another");
    }

    @Test
    void aWorkspaceAroundTheRunnersHomeIsNot() {
        assertThat(unusable(folder)).get().asString().contains("lie inside one another");
    }

    @Test
    void twoWorkspacesOfWhichOneLiesInTheOtherAreNot() throws IOException {
        Workspace outer = workspace("outer", Files.createDirectories(folder.resolve("outer")));
        Workspace inner = workspace("inner", Files.createDirectories(folder.resolve("outer/inner")));
        Workspaces workspaces = workspaces(outer, inner);

        assertThat(workspaces.unusable(outer)).get().asString().contains("lie inside one another");
        assertThat(workspaces.unusable(inner)).get().asString().contains("lie inside one another");
    }

    @Test
    void aPathThatMountCannotNameIsNot() throws IOException {
        assertThat(unusable(Files.createDirectory(folder.resolve("a:b"))))
                .get()
                .asString()
                .contains("a character that a mount cannot name");
    }

    @Test
    void aWorkspaceWithAMountInItIsNot() {
        assertThat(unusable(Path.of("/dev")))
                .get()
                .asString()
                .contains("there is a mount inside the workspace at /dev/");
    }

    @Test
    void aLocaleThatCannotNameFilesIsNamedWithItsRemedy() throws IOException {
        String encoding = System.setProperty("sun.jnu.encoding", "ANSI_X3.4-1968");
        try {
            assertThat(unusable(Files.createDirectory(folder.resolve("workspace"))))
                    .get()
                    .asString()
                    .contains("ANSI_X3.4-1968")
                    .endsWith("start the runner with LC_ALL=C.UTF-8");
        } finally {
            System.setProperty("sun.jnu.encoding", encoding);
        }
    }

    private Optional<String> unusable(Path root) {
        Workspace workspace = workspace("default", root);
        return workspaces(workspace).unusable(workspace);
    }

    private Workspaces workspaces(Workspace... all) {
        UndoSpace undo = new UndoSpace(home.resolve("runner/undo"), UndoBounds.DEFAULT, Clock.systemUTC());
        return new Workspaces(List.of(all), home, home.resolve("runner/tx"), undo, true);
    }

    private Workspace workspace(String name, Path root) {
        return new Workspace(new WorkspaceName(name), root, home.resolve("private"), Optional.empty());
    }
}
