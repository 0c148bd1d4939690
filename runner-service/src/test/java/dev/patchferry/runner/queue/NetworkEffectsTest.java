package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A receipt does not promise that what went over the network was taken back. */
@Timeout(120)
class NetworkEffectsTest {
    private static final String STAYS =
            " What its commands sent over the network, a `git push` for example, was not taken back.";

    @TempDir
    Path folder;

    @Test
    void whatCommandsSentOverTheNetworkStaysAfterARollbackAndAnUndo() throws IOException {
        try (RunnerBench runner = new RunnerBench(folder, new CommandGrants(List.of(), Map.of(), true)).start()) {
            Receipt failed = runner.run(shell("failed", "echo sent; false"));
            runner.run(shell("done", "echo x > x"));
            PatchId done = new PatchId("done");
            runner.undo(done, PatchStatus.UNDONE);

            assertThat(failed.summary()).endsWith("Everything was rolled back; the workspace is as it was." + STAYS);
            Receipt undone = runner.events.receipt(runner.entry(done)).orElseThrow();
            assertThat(undone.summary()).startsWith("Undone: ").endsWith(STAYS);
        }
    }

    @Test
    void withoutANetworkNothingStays() throws IOException {
        try (RunnerBench runner = new RunnerBench(folder).start()) {
            assertThat(runner.run(shell("failed", "false")).summary()).endsWith("the workspace is as it was.");
        }
    }
}
