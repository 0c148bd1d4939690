package dev.patchferry.runner.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerHomeTest {
    @TempDir
    Path folder;

    @Test
    void nobodyElseCanReadIt() throws IOException {
        try (RunnerHome home = RunnerHome.in(folder.resolve("ferry"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.transactions())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void S4_aSecondRunnerIsRefusedWhileTheFirstIsThere() throws IOException {
        try (RunnerHome first = RunnerHome.in(folder)) {
            assertThatThrownBy(() -> RunnerHome.in(folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another runner uses " + first.root());
        }
        RunnerHome.in(folder).close();
    }

    @Test
    void whatACrashLeftInScratchIsGoneAfterTheNextStart() throws IOException {
        try (RunnerHome home = RunnerHome.in(folder)) {
            Files.createDirectories(home.scratch().resolve("run1/left"));
        }

        try (RunnerHome home = RunnerHome.in(folder)) {
            assertThat(home.scratch()).isEmptyDirectory();
        }
    }
}
