package dev.patchferry.foundation.files;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/ferry/npm-token", "/etc/passwd", "/usr/x", "/bin/sh", "/lib/x", "/opt/a/b", "/usr/../etc/x"
            })
    void Y2_aFileThatEveryCommandSeesIsRefused(String file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files().require("SETTING", Path.of(file)))
                .withMessageContaining("SETTING names " + file)
                .withMessageContaining("Move the file");
    }

    @Test
    void Y2_linksAreResolved() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
        Path folderLink = Files.createSymbolicLink(folder.resolve("folder"), Path.of("/etc"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> files().require("SETTING", link))
                .withMessageContaining("(/etc/passwd)");
        assertThatIllegalArgumentException().isThrownBy(() -> files().require("SETTING", folderLink.resolve("passwd")));
    }

    @Test
    void Y2_aFileInAFolderThatIsShownIsRefused() {
        SecretFiles files =
                new SecretFiles(home(), List.of(folder.resolve("workspace"), home().resolve("runner/home")));

        for (String file : List.of("workspace/.secrets/token", "ferry/runner/home/default/token")) {
            assertThatIllegalArgumentException().isThrownBy(() -> files.require("SETTING", folder.resolve(file)));
        }
    }

    @Test
    void aFileThatNoCommandSeesIsTaken() {
        assertThatCode(() -> files().require("SETTING", folder.resolve("token")))
                .doesNotThrowAnyException();
    }

    @Test
    void aFileInAHomeBelowAShownFolderIsTaken() {
        SecretFiles files = new SecretFiles(Path.of("/opt/patch-ferry/.ferry"), List.of());

        assertThatCode(() -> files.require("SETTING", Path.of("/opt/patch-ferry/.ferry/secrets/token")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ferry.submit-token-file",
                "ferry.operator-token-file",
                "ferry.runner-token-file",
                "ferry.webhook-secret-file",
                "ferry.github-secret-file"
            })
    void Y2_everySettingThatNamesAFileWithASecretIsLookedAt(String setting) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of(setting, "/etc/passwd"), "test", 100))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> files().requireAll(config))
                .withMessageContaining("FERRY_")
                .withMessageContaining("_FILE names /etc/passwd");
    }

    private Path home() {
        return folder.resolve("ferry");
    }

    private SecretFiles files() {
        return new SecretFiles(home(), List.of());
    }
}
