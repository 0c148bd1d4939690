package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the machine's memory runs out a command goes first. */
@Timeout(60)
class OutOfMemoryTest {
    @TempDir
    Path folder;

    private SandboxBench bench;

    @AfterEach
    void tearDown() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void theKernelEndsACommandFirstAndTheCommandCannotChangeThat() throws IOException {
        bench = new SandboxBench(folder);

        bench.run("{ echo 0 > /proc/self/oom_score_adj; } 2>/dev/null; sh -c 'cat /proc/self/oom_score_adj'");

        assertThat(bench.output()).isEqualTo("1000\n");
    }

    @Test
    void aCommandMayHaveNoMoreMemoryThanThreeQuartersOfTheMachines() {
        Limits capped = Limits.DEFAULT.withMemory(MachineMemory.usable());
        Limits small = Limits.DEFAULT.withMemory(64 << 20);

        assertThat(capped.memoryBytes()).isLessThanOrEqualTo(MachineMemory.usable());
        assertThat(small.memoryBytes()).isEqualTo(64 << 20);
        assertThat(Limits.DEFAULT.withMemory(Long.MAX_VALUE)).isEqualTo(Limits.DEFAULT);
        assertThat(Limits.ofThisMachine()).isEqualTo(capped);
    }

    @Test
    void theReceiptSaysThatTheMachineHasTooLittle() throws IOException {
        bench = new SandboxBench(folder, withAllMemory(SandboxBench.SMALL), Optional.empty());

        assertThat(bench.sandbox().enforced("overlay", CommandGrants.NONE).limits())
                .anyMatch(limit -> limit.startsWith(
                        "memory_bytes=" + MachineMemory.usable() + ", three quarters of the machine's"));
    }

    private static Limits withAllMemory(Limits small) {
        return new Limits(
                small.step(),
                small.build(),
                small.patch(),
                small.outputBytes(),
                small.fileBytes(),
                small.processes(),
                MachineMemory.usable(),
                small.temporaryBytes(),
                small.changeBytes(),
                small.changeFiles(),
                small.homeBytes());
    }
}
