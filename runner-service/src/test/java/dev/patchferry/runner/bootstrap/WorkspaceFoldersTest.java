package dev.patchferry.runner.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of a workspace make of its commands' surroundings. */
class WorkspaceFoldersTest {
    @TempDir
    Path folder;

    @Test
    void Y1_commandsMayDebugUnlessTheWorkspaceForbidsIt() throws IOException {
        assertThat(surroundings(Map.of()).debuggers()).isTrue();
        assertThat(surroundings(Map.of("ferry.workspaces.site.debuggers", "on")).debuggers())
                .isTrue();

        CommandGrants off = surroundings(Map.of("ferry.workspaces.site.debuggers", "off"));
        assertThat(off.debuggers()).isFalse();
        assertThat(off.withoutNetwork().debuggers()).isFalse();
    }

    @Test
    void Y1_aSettingThatCannotHoldIsRefused() {
        assertThatThrownBy(() -> surroundings(Map.of("ferry.workspaces.site.debuggers", "sometimes")))
                .hasMessageContaining("ferry.workspaces.site.debuggers")
                .hasMessageContaining("sometimes");
        assertThatThrownBy(
                        () -> surroundings(Map.of("ferry.workspaces.site.debuggers", "off", "ferry.sandbox", "none")))
                .hasMessageContaining("debuggers=off needs the sandbox");
    }

    private CommandGrants surroundings(Map<String, String> settings) throws IOException {
        Path ferryHome = folder.resolve("ferry");
        Path file = Files.createDirectories(ferryHome.resolve("config")).resolve("application.properties");
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(file, "ferry.workspaces.site.path=" + folder.resolve("site") + "\n" + lines);
        RunnerConfig config = SettingsFile.read(ferryHome, Map.of());
        try (RunnerHome home = RunnerHome.in(ferryHome)) {
            return new WorkspaceFolders(config, home).further().getFirst().surroundings();
        }
    }
}
