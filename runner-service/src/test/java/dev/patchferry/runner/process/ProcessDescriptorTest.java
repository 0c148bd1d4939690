package dev.patchferry.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProcessDescriptorTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void aKilledProcessThatItsParentDoesNotReapHasEnded(@TempDir Path folder) throws IOException {
        // The sleep becomes a child of tail, which reaps none of its children. Tail prints its number, since until then
        // the
        // shell is there, and may reap it.
        String file = folder.resolve("pid").toString();
        Process parent =
                new ProcessBuilder("sh", "-c", "sleep 1000 & echo $! > \"$0\"; exec tail -f \"$0\"", file).start();
        try (BufferedReader said = parent.inputReader();
                ProcessDescriptor child =
                        ProcessDescriptor.of(Long.parseLong(said.readLine())).orElseThrow()) {
            child.kill();

            assertThat(child.awaitEnd(LONG)).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void whatRunsIsNotWaitedForLongerThanAsked() throws IOException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try (ProcessDescriptor held = ProcessDescriptor.of(process.pid()).orElseThrow()) {
            assertThat(held.awaitEnd(Duration.ZERO)).isFalse();
            assertThat(held.awaitEnd(Duration.ofMillis(20))).isFalse();
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatWasReapedCanStillBeAskedFor() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try (ProcessDescriptor held = ProcessDescriptor.of(process.pid()).orElseThrow()) {
            process.destroyForcibly().waitFor();

            held.kill();
            assertThat(held.awaitEnd(Duration.ZERO)).isTrue();
            assertThat(ProcessDescriptor.of(process.pid())).isEmpty();
        }
    }

    @Test
    void onlyWhoIsMeantIsKilled() throws IOException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            assertThat(Processes.killAndAwait(process.pid(), () -> false, LONG)).isTrue();
            assertThat(process.isAlive()).isTrue();

            assertThat(Processes.killAndAwait(process.pid(), process::isAlive, LONG))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
