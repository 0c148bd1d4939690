package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.runner.process.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is started ahead makes no difference to a command but that it begins sooner. */
@Timeout(60)
class StandbysTest {
    @TempDir
    Path folder;

    private SandboxBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new SandboxBench(folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void aCommandRunsThoughWhatWaitedForItWasKilled() throws Exception {
        bench.run("echo first");
        await().until(() -> !waiting().isEmpty());
        for (ProcessHandle waiting : waiting()) {
            waiting.destroyForcibly();
            waiting.onExit().get(10, TimeUnit.SECONDS);
        }

        assertThat(bench.run("echo second").exit()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).isEqualTo("first\nsecond\n");
    }

    @Test
    void nothingWaitsOnceTheSandboxIsClosed() throws IOException {
        bench.run("true");
        await().until(() -> !waiting().isEmpty());

        bench.sandbox().close();

        assertThat(waiting()).isEmpty();
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("run"));
        }
    }

    @Test
    void aCommandLongerThanAPipeIsRunWhole() throws IOException {
        String comment = "#" + "é'\"$x ".repeat(10_000) + "\n";

        assertThat(bench.run(comment + "echo 'it''s done' ünïcødé").exit()).isEqualTo(new Exit.Ended(0));

        assertThat(bench.output()).isEqualTo("its done ünïcødé\n");
    }

    @Test
    void theCommandIsNotInItsOwnEnvironment() throws IOException {
        bench.run("env | grep PATCH_ || echo none");

        assertThat(bench.output()).isEqualTo("none\n");
    }

    /** In this test's own scratch folder. */
    private List<ProcessHandle> waiting() {
        String scratch = folder.resolve("scratch").toString();
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(scratch))
                .toList();
    }
}
