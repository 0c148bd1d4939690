package dev.patchferry.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchferry.runner.process.OutputPipe.Copied;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPipeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path pipe;
    private Path log;
    private OutputPipe output;

    @BeforeEach
    void open() throws IOException {
        pipe = folder.resolve("pipe");
        log = folder.resolve("log");
        NativeFiles.makeFifo(pipe);
        output = OutputPipe.open(pipe);
    }

    @AfterEach
    void close() {
        output.close();
    }

    @Test
    void whatIsWrittenIsInTheLogAndWhatIsBeyondTheBoundIsCounted() throws IOException {
        OutputPipe.Copy copy;
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            copy = output.copyTo(log, 100_000);
            writer.write(new byte[300_000]);
        }

        assertThat(copy.finish()).isEqualTo(new Copied(200_000, true));
        assertThat(log).hasSize(100_000);
    }

    @Test
    void theLogIsAppendedToByOneCommandAfterAnother() throws IOException {
        for (String text : new String[] {"one\n", "two\n"}) {
            OutputPipe.Copy copy;
            try (OutputStream writer = Files.newOutputStream(pipe)) {
                copy = output.copyTo(log, 100);
                writer.write(text.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(copy.finish()).isEqualTo(new Copied(0, true));
        }

        assertThat(log).hasContent("one\ntwo\n");
    }

    @Test
    void whoStillHoldsThePipeDelaysNothing() throws IOException {
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            OutputPipe.Copy copy = output.copyTo(log, 100);
            writer.write("said before the end".getBytes(StandardCharsets.UTF_8));

            Copied copied = assertTimeoutPreemptively(PATIENCE, copy::finish);

            assertThat(copied).isEqualTo(new Copied(0, false));
            assertThat(log).hasContent("said before the end");
        }
    }

    @Test
    void whoGoesOnWritingAfterTheEndIsNotWaitedForEither() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> {
            try (OutputStream writer = Files.newOutputStream(pipe)) {
                while (true) {
                    writer.write(new byte[65_536]);
                    writing.countDown();
                }
            } catch (IOException e) {
                // the pipe is closed at the end of the test
            }
        });
        writing.await();
        OutputPipe.Copy copy = output.copyTo(log, Long.MAX_VALUE);

        assertThat(assertTimeoutPreemptively(PATIENCE, copy::finish).closed()).isFalse();
    }

    @Test
    void anInterruptDoesNotCutTheCopyShort() throws IOException {
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            OutputPipe.Copy copy = output.copyTo(log, 100);
            writer.write("whole".getBytes(StandardCharsets.UTF_8));
            Thread.currentThread().interrupt();

            assertThat(copy.finish()).isEqualTo(new Copied(0, false));
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(log).hasContent("whole");
    }

    @Test
    void aLogThatCannotBeWrittenCostsTheOutputAlone() throws IOException {
        OutputPipe.Copy copy;
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            copy = output.copyTo(Path.of("/dev/full"), 100);
            writer.write(new byte[50]);
        }

        assertThat(copy.finish()).isEqualTo(new Copied(50, true));
    }
}
