package dev.patchferry.runner.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.commit.UndoBounds;
import dev.patchferry.runner.workspace.commit.UndoSpace;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace whose folder is not there when the runner starts, and cannot be made: a disk that is not mounted yet. */
class UnusableWorkspaceTest {
    @TempDir
    Path folder;

    @Test
    void keepsNobodyFromStartingAndIsUsedOnceItIsThere() throws IOException {
        Path disk = Files.createFile(folder.resolve("disk"));
        Path root = disk.resolve("site");
        RunnerConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RunnerConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "ferry.home", folder.resolve("ferry").toString(),
                                "ferry.workspace", folder.resolve("workspace").toString(),
                                "ferry.workspaces.site.path", root.toString()),
                        "test",
                        100))
                .build()
                .getConfigMapping(RunnerConfig.class);
        try (RunnerHome home = RunnerHome.in(config.home())) {
            WorkspaceFolders folders = new WorkspaceFolders(config, home);
            Workspace site = folders.further().getFirst();
            Workspaces workspaces = new Workspaces(
                    List.of(folders.standard(), site),
                    home.ferryHome(),
                    home.transactions(),
                    new UndoSpace(home.undo(), UndoBounds.DEFAULT, Clock.systemUTC()),
                    true);

            assertThat(workspaces.unusable(folders.standard())).isEmpty();
            assertThat(workspaces.unusable(site))
                    .hasValueSatisfying(reason ->
                            assertThat(reason).contains(root.toString()).contains("create it"));

            Files.delete(disk);
            Files.createDirectories(root);
            assertThat(workspaces.unusable(site)).isEmpty();
        }
    }
}
