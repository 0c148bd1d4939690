package dev.patchferry.runner.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFilesTest {
    @TempDir
    Path folder;

    @Test
    void Y2_anEnvFileThatCommandsOfAnyWorkspaceReadIsRefusedWithItsSetting() throws IOException {
        Path read = Files.createDirectory(folder.resolve("toolchain"));
        Path inRead = Files.writeString(read.resolve("token"), "a secret of the owner");
        Path other = Files.createDirectory(folder.resolve("other"));
        Path inOther = Files.writeString(other.resolve("token"), "a secret of the owner");

        for (Path file : new Path[] {Path.of("/etc/passwd"), inRead, inOther}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> surroundings(Map.of(
                            "ferry.workspaces.site.env-files.NPM_TOKEN",
                            file.toString(),
                            "ferry.workspaces.other.path",
                            other.toString(),
                            "ferry.workspaces.other.read",
                            read.toString())))
                    .withMessageContaining("ferry.workspaces.site.env-files.NPM_TOKEN names " + file);
        }
    }

    @Test
    void anEnvFileThatNoCommandReadsIsTaken() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "a secret of the owner");

        assertThat(surroundings(Map.of("ferry.workspaces.site.env-files.NPM_TOKEN", file.toString())))
                .containsEntry("NPM_TOKEN", "a secret of the owner");
    }

    private Map<String, String> surroundings(Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ferry.home", folder.resolve("ferry").toString());
        all.put("ferry.workspace", folder.resolve("workspace").toString());
        all.put("ferry.workspaces.site.path", folder.resolve("site").toString());
        RunnerConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RunnerConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(RunnerConfig.class);
        try (RunnerHome home = RunnerHome.in(config.home())) {
            return new WorkspaceFolders(config, home)
                    .further().stream()
                            .filter(workspace -> workspace.name().value().equals("site"))
                            .findFirst()
                            .orElseThrow()
                            .surroundings()
                            .environment();
        }
    }
}
