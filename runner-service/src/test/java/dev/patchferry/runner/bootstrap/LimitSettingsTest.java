package dev.patchferry.runner.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.runner.sandbox.Limit;
import dev.patchferry.runner.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ferry.workspaces.NAME.limits.*} makes of the limits of that workspace, and of no other. */
class LimitSettingsTest {
    private static final WorkspaceName SITE = new WorkspaceName("site");

    @TempDir
    Path folder;

    @Test
    void whatIsNotGivenIsAsItWas() throws IOException {
        assertThat(limits("", SITE)).isEqualTo(Limits.ofThisMachine().in(SITE));
        assertThat(limits("", WorkspaceName.DEFAULT)).isEqualTo(Limits.ofThisMachine());
    }

    @Test
    void everyLimitIsASettingOfItsWorkspaceAlone() throws IOException {
        String settings = """
                step=3m
                build=20m
                patch=2h
                memory=64M
                processes=99
                file=2M
                change=3M
                change-files=44
                output=5K
                home=6M
                tmp=7M
                """;
        Limits given = limits(settings, SITE);

        assertThat(given)
                .isEqualTo(new Limits(
                                Duration.ofMinutes(3),
                                Duration.ofMinutes(20),
                                Duration.ofHours(2),
                                5 << 10,
                                2 << 20,
                                99,
                                64 << 20,
                                7 << 20,
                                3 << 20,
                                44,
                                6 << 20)
                        .in(SITE));
        assertThat(limits(settings, new WorkspaceName("other")))
                .isEqualTo(Limits.ofThisMachine().in(new WorkspaceName("other")));
        assertThat(given.inForce(Limit.MEMORY)).isEqualTo("`ferry.workspaces.site.limits.memory` is 64 MiB");
        assertThat(given.values()).containsEntry("timeout_s", 1_200L).containsEntry("change_files", 44L);
    }

    @Test
    void lessMemoryThanTheUsualTmpMeansLessTmp() throws IOException {
        assertThat(limits("memory=100M", SITE).temporaryBytes()).isEqualTo(100 << 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step=0s        | ferry.workspaces.site.limits.step    | from 1s to 24h",
                "build=25h      | ferry.workspaces.site.limits.build   | from 1s to 24h",
                "memory=1K      | ferry.workspaces.site.limits.memory  | `1024 bytes`",
                "processes=3    | ferry.workspaces.site.limits.processes | `3`",
                "change-files=20000000 | ferry.workspaces.site.limits.change-files | from 1 to 10000000",
                "file=1K        | ferry.workspaces.site.limits.file    | from 1M",
                "home=9999999T  | ferry.workspaces.site.limits.home    | to 1024T",
                "step=2h        | ferry.workspaces.site.limits.step    | `ferry.workspaces.site.limits.patch` is 3600 s",
                "build=2h       | ferry.workspaces.site.limits.build   | raise that, too",
                "tmp=4G         | ferry.workspaces.site.limits.tmp     | `ferry.workspaces.site.limits.memory` is 2 GiB"
            })
    void whatMeansNothingIsRefusedByNameAndValue(String setting, String name, String why) {
        assertThatThrownBy(() -> limits(setting, SITE))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(why);
    }

    private Limits limits(String settings, WorkspaceName workspace) throws IOException {
        Path ferryHome = folder.resolve("ferry");
        Path file = Files.createDirectories(ferryHome.resolve("config")).resolve("application.properties");
        StringBuilder lines = new StringBuilder("ferry.workspaces.site.path=" + folder.resolve("site") + "\n");
        settings.lines()
                .forEach(line -> lines.append("ferry.workspaces.site.limits.")
                        .append(line)
                        .append('\n'));
        Files.writeString(file, lines);
        return LimitSettings.read(SettingsFile.read(ferryHome, Map.of())).of(workspace);
    }
}
