package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.journal.Offers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many proposals of one principal wait in a workspace. */
@Timeout(60)
class ProposalBoundsTest {
    private static final int MAX_PROPOSALS = 50;

    @AutoClose
    private final RunnerBench bench;

    ProposalBoundsTest(@TempDir Path folder) throws IOException {
        bench = new RunnerBench(folder).start();
    }

    @Test
    void oneMoreIsRejectedAndKeepsNobodyElseFromProposing() {
        for (int i = 1; i <= MAX_PROPOSALS; i++) {
            bench.offer(proposing("eager-" + i));
        }
        Receipt oneMore = bench.run(proposing("one-more"));
        bench.journal.accept(Offers.by("patient", proposing("another")), 100);

        assertThat(oneMore.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(oneMore.reason())
                .startsWith("too_many_proposals: 50 patches of me wait for an approval in this workspace already");
        bench.await(new PatchId("another"), PatchStatus.PROPOSED);
        assertThat(bench.entry(new PatchId("eager-" + MAX_PROPOSALS)).status()).isEqualTo(PatchStatus.PROPOSED);
    }

    private static PatchDocument proposing(String id) {
        return shell(id, "touch " + id, document -> document.put("propose", true));
    }
}
