package dev.patchferry.runner.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.journal.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same change in every textual form, from the document to the workspace and the receipt. */
@Timeout(60)
class PatchFormsTest {
    private static final Map<String, String> FORMS = Map.of(
            "unified-diff",
            "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\n",
            "apply-patch",
            "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a.txt\n@@\n one\n-two\n+TWO\n*** End Patch\nEOF\n",
            "search-replace",
            "a.txt\n```\n<<<<<<< SEARCH\none\ntwo\n=======\none\nTWO\n>>>>>>> REPLACE\n```\n");

    @TempDir
    Path folder;

    private RunnerBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder).start();
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void everyFormComesToTheSameTreeAndSaysWhatItWasReadAs() throws IOException {
        for (Map.Entry<String, String> form : FORMS.entrySet()) {
            bench.workspace.file("a.txt", "one\ntwo\n");

            Receipt receipt = bench.run(document(form.getKey(), form.getValue()));

            assertThat(receipt.outcome()).as(receipt.reason()).isEqualTo(PatchStatus.SUCCEEDED);
            assertThat(receipt.format()).contains(form.getKey());
            assertThat(receipt.detectedBy().orElseThrow()).startsWith("patch opens with");
            assertThat(receipt.steps())
                    .singleElement()
                    .satisfies(step -> assertThat(step.matchGrade()).contains("exact"));
            assertThat(bench.workspace.root().resolve("a.txt")).hasContent("one\nTWO\n");
        }
    }

    @Test
    void aHunkThatFitsNowhereFailsThePatchWithWhatIsThereInstead() throws IOException {
        bench.workspace.file("a.txt", "one\nzwei\n");

        Receipt receipt = bench.run(document("refused", FORMS.get("unified-diff")));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason())
                .startsWith("edit_refused: a.txt: hunk 1 (@@ -1,2 +1,2 @@) does not fit")
                .contains("2: zwei");
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- a.txt \"one\nzwei\n\"");
    }

    private static PatchDocument document(String id, String patch) {
        return Documents.read(JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("role", "model")
                .put("target_file", "a.txt")
                .put("patch", patch)
                .toString());
    }
}
