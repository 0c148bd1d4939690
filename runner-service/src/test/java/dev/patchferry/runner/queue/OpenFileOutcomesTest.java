package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.workspace.WritingProgram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner's application runs on a file that a patch changes. */
@Timeout(60)
class OpenFileOutcomesTest {
    @TempDir
    Path folder;

    private RunnerBench bench;
    private Path database;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder).start();
        bench.workspace.file("data/app.db", "rows\n").file("other.txt", "o");
        database = bench.workspace.root().resolve("data/app.db");
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo patched > data/app.db",
                "rm data/app.db",
                "mv data/app.db data/moved.db",
                "chmod 600 data/app.db",
                "rm -r data",
                "rm -r data && mkdir data && echo fresh > data/app.db"
            })
    void whatTheApplicationWritesAfterTheEndIsNotLost(String change) throws IOException {
        try (WritingProgram application = WritingProgram.of(database)) {
            Receipt receipt = bench.run(shell("a", "echo x > other.txt; " + change));

            application.write("accepted");
            assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
            assertThat(receipt.reason())
                    .startsWith("conflict: data")
                    .contains("is open for writing by pid " + application.pid() + " (sh)");
            assertThat(receipt.files()).isEmpty();
        }
        assertThat(database).hasContent("rows\naccepted\n");
        assertThat(bench.workspace.root().resolve("other.txt")).hasContent("o");
    }

    @Test
    void anUndoOfAFileThatIsWrittenToIsRefused() throws IOException {
        PatchId patch = bench.offer(shell("a", "echo patched > data/app.db"));
        bench.receipt(patch);
        try (WritingProgram application = WritingProgram.of(database)) {
            assertThat(bench.undo(patch, PatchStatus.UNDONE))
                    .asString()
                    .contains("conflict: data/app.db", "pid " + application.pid(), "nothing was changed");
            application.write("accepted");
        }
        assertThat(database).hasContent("patched\naccepted\n");
    }
}
