package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A class of its own, so that it waits beside others. */
@Timeout(120)
class LongStepTest {
    @TempDir
    Path folder;

    /** Whoever starts bubblewrap from a thread that ends finds the command killed after half a minute. */
    @Test
    void X48_aStepOf45SecondsIsNotEndedByTheParentDeathSignal() throws Exception {
        try (SandboxBench bench = new SandboxBench(folder)) {
            Exit[] exit = new Exit[1];
            Thread.ofVirtual().start(() -> exit[0] = run(bench)).join();

            assertThat(exit[0]).isEqualTo(new Exit.Ended(0));
            assertThat(bench.output()).isEqualTo("awake\n");
        }
    }

    private static Exit run(SandboxBench bench) {
        try {
            return bench.run("sleep 45; echo awake", Duration.ofSeconds(60), new Cancellation())
                    .exit();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
