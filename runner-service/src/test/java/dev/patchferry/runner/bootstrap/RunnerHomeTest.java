package dev.patchferry.runner.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    void isToldFromACopyThatLiesInItsPlace() throws IOException {
        String mark;
        try (RunnerHome home = RunnerHome.in(folder)) {
            mark = home.mark();
        }
        Path original = folder.resolve("runner");
        Path backup = folder.resolve("backup");
        try (RunnerHome again = RunnerHome.in(folder)) {
            assertThat(again.mark()).isEqualTo(mark);
        }
        copy(original, backup);
        Trees.delete(original);
        copy(backup, original);

        try (RunnerHome restored = RunnerHome.in(folder)) {
            assertThat(restored.mark()).isNotEqualTo(mark);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        Files.copy(from.resolve("lock"), to.resolve("lock"), StandardCopyOption.COPY_ATTRIBUTES);
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
