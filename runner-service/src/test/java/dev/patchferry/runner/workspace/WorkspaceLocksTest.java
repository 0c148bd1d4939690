package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.contract.WorkspaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceLocksTest {
    @TempDir
    Path folder;

    @Test
    void aSecondRunnerInOneWorkspaceIsRefusedWhateverItsHome() throws IOException {
        Workspace one = workspace("default", "first-home");
        Workspace same = workspace("site", "second-home");
        try (WorkspaceLocks first = WorkspaceLocks.take(List.of(one))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> WorkspaceLocks.take(List.of(same)))
                    .isInstanceOf(WorkspaceLocks.Taken.class)
                    .hasMessage("another runner works in the workspace site (" + one.root()
                            + "); stop it, or give this runner another folder");
        }

        WorkspaceLocks.take(List.of(same)).close();
    }

    @Test
    void aRefusalLeavesNothingLocked() throws IOException {
        Workspace taken = workspace("default", "home");
        Workspace free = new Workspace(
                new WorkspaceName("free"), Files.createDirectory(folder.resolve("free")), folder, Optional.empty());
        try (WorkspaceLocks first = WorkspaceLocks.take(List.of(taken))) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> WorkspaceLocks.take(List.of(free, taken)))
                    .isInstanceOf(WorkspaceLocks.Taken.class);

            WorkspaceLocks.take(List.of(free)).close();
        }
    }

    @Test
    void aWorkspaceThatIsNotThereKeepsNothingFromStarting() throws IOException {
        Workspace there = workspace("default", "home");
        Workspace gone = new Workspace(new WorkspaceName("gone"), folder.resolve("gone"), folder, Optional.empty());

        try (WorkspaceLocks locks = WorkspaceLocks.take(List.of(gone, there))) {
            assertThat(locks).isNotNull();
            assertThatThrownBy(() -> WorkspaceLocks.take(List.of(there))).isInstanceOf(WorkspaceLocks.Taken.class);
        }
    }

    @Test
    void aFolderThatComesBackAsAnotherOneIsLockedBeforeItIsUsed() throws IOException {
        Workspace one = workspace("default", "first-home");
        Workspace same = workspace("site", "second-home");
        try (WorkspaceLocks first = WorkspaceLocks.take(List.of(one))) {
            Files.move(one.root(), folder.resolve("lost"));
            assertThat(first.unavailable(one)).isEmpty();
            Files.createDirectory(one.root());

            assertThat(first.unavailable(one)).isEmpty();

            assertThatThrownBy(() -> WorkspaceLocks.take(List.of(same))).isInstanceOf(WorkspaceLocks.Taken.class);
        }
    }

    @Test
    void aFolderThatIsBackAndThatAnotherRunnerWasQuickerToTakeIsNotUsedUntilThatEnds() throws IOException {
        Workspace one = workspace("default", "first-home");
        Workspace same = workspace("site", "second-home");
        try (WorkspaceLocks first = WorkspaceLocks.take(List.of(one))) {
            Files.move(one.root(), folder.resolve("lost"));
            Files.createDirectory(one.root());
            try (WorkspaceLocks second = WorkspaceLocks.take(List.of(same))) {
                assertThat(second.unavailable(same)).isEmpty();
                assertThat(first.unavailable(one))
                        .contains("another runner works in the workspace default (" + one.root()
                                + "); stop it, or give this runner another folder");
            }
            assertThat(first.unavailable(one)).isEmpty();
        }
    }

    private Workspace workspace(String name, String home) throws IOException {
        Path root = Files.createDirectories(folder.resolve("workspace")).toRealPath();
        return new Workspace(new WorkspaceName(name), root, folder.resolve(home), Optional.empty());
    }
}
