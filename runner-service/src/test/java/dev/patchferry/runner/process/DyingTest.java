package dev.patchferry.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DyingTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    @Timeout(30)
    void aProcessThatItsParentHasNotAskedForIsGone(@TempDir Path folder) throws IOException {
        // The sleep becomes a child of tail, which asks for none of its children. Tail says which, since until then the
        // shell is there, and may ask.
        String file = folder.resolve("pid").toString();
        Process parent =
                new ProcessBuilder("sh", "-c", "sleep 1000 & echo $! > \"$0\"; exec tail -f \"$0\"", file).start();
        try (BufferedReader said = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();

            child.destroyForcibly();
            Dying.await(List.of(child), LONG);

            assertThat(child.isAlive()).as("to Java it lives on").isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void whatRunsIsNotWaitedForLongerThanAsked() throws IOException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            Dying.await(List.of(process.toHandle()), Duration.ofMillis(20));

            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
