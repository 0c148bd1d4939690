package dev.patchferry.runner.bootstrap;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantedPathsTest {
    @TempDir
    Path folder;

    private Path state;

    @BeforeEach
    void setUp() throws IOException {
        folder = folder.toRealPath();
        state = Files.createDirectories(folder.resolve("checkout/.ferry"));
        Files.createDirectories(state.resolve("tokens"));
        Files.createDirectories(folder.resolve("tool"));
        Files.createSymbolicLink(folder.resolve("link"), state.resolve("tokens"));
        Files.createSymbolicLink(folder.resolve("around"), folder.resolve("checkout"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout/.ferry", "checkout/.ferry/tokens", "checkout", "link", "around", "around/.ferry"})
    void Y2_aPathThatLeadsToTheStateIsRefusedAtTheStart(String path) {
        assertThatThrownBy(() -> GrantedPaths.refuseState(List.of(reading(path)), state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`ferry.workspaces.site.read` names " + folder.resolve(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tool", "missing", "checkout/.ferry-tool"})
    void aPathApartFromTheStateIsNot(String path) {
        assertThatCode(() -> GrantedPaths.refuseState(List.of(reading(path)), state))
                .doesNotThrowAnyException();
    }

    private Workspace reading(String path) {
        return new Workspace(
                new WorkspaceName("site"),
                folder.resolve("site"),
                folder.resolve("home"),
                Optional.empty(),
                new CommandGrants(List.of(folder.resolve(path)), Map.of(), false));
    }
}
