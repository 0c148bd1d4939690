package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who has to decide about a proposal: all of it, and nothing that passes for something else. */
@Timeout(90)
class ShownDiffTest {
    private static final PatchId FIX = new PatchId("fix");

    @TempDir
    Path folder;

    private RunnerBench bench;

    @AfterEach
    void tearDown() {
        bench.close();
    }

    private void start() throws IOException {
        bench = new RunnerBench(folder).start();
    }

    @Test
    void Y8_aScriptLineThatLooksLikeATokenIsShown() throws IOException {
        start();

        String diff = propose("printf 'ghp_%s() { rm -rf ~; }\\n' 012345678901234567890123456789abcdef > run.sh");

        assertThat(diff).contains("+ghp_012345678901234567890123456789abcdef() { rm -rf ~; }");
        assertThat(receipt().diff()).contains("+ghp_012345678901234567890123456789abcdef() { rm -rf ~; }");
    }

    @Test
    void Y8_oneInvalidByteHidesNothing() throws IOException {
        start();

        assertThat(propose("printf 'evil \\377 line\\n' > run.sh"))
                .contains("+evil \u00FF line\n")
                .startsWith("diff ");
    }

    @Test
    void Y8_manyLinesHideNothing() throws IOException {
        start();

        assertThat(propose("seq 20000 > many; echo evil >> many"))
                .contains("\n+20000\n+evil\n")
                .startsWith("diff ");
    }

    @Test
    void Y8_namesThatPrintAlikeAreToldApart() throws IOException {
        start();

        String diff = propose(
                "mkdir d; printf good > \"d/$(printf 'x\\377')\"; printf evil > \"d/$(printf 'x\\376')\"; printf 1 > \"d/$(printf 'a\\nb')\"");

        assertThat(diff)
                .contains("+++ \"b/d/x\\377\"\n@@ -0,0 +1,1 @@\n+good")
                .contains("+++ \"b/d/x\\376\"\n@@ -0,0 +1,1 @@\n+evil")
                .contains("+++ \"b/d/a\\nb\"\n");
    }

    @Test
    void Y8_aLinkIsShownAsALinkAndAProgramAsAProgram() throws IOException {
        start();
        bench.workspace.file("f", "content").file("p", "p\n");

        String diff = propose("rm f; ln -s /etc/passwd f; chmod +x p");

        assertThat(diff)
                .contains(
                        "deleted file mode 100644",
                        "new file mode 120000",
                        "+/etc/passwd\n\\ No newline at end of file")
                .contains("old mode 100644\nnew mode 100755\n");
    }

    @Test
    void Y8_aFolderThatIsMadeAnewIsComparedFileByFile() throws IOException {
        start();
        bench.workspace.file("dist/same", "same\n").file("dist/other", "one\n").file("dist/gone", "gone\n");

        String diff = propose("rm -rf dist; mkdir dist; echo same > dist/same; echo two > dist/other");

        assertThat(diff).doesNotContain("dist/same");
        assertThat(diff).contains("--- a/dist/other\n+++ b/dist/other\n@@ -1,1 +1,1 @@\n-one\n+two\n");
        assertThat(diff).containsOnlyOnce("a/dist/gone b/dist/gone");
    }

    @Test
    void Y8_whatIsCoveredIsSaid() throws IOException {
        bench = new RunnerBench(folder, new CommandGrants(List.of(), Map.of("TOKEN", "open-sesame-1"), Set.of(), false))
                .start();

        String diff = propose("echo \"$TOKEN\" > f; printf '%s\\0' \"$TOKEN\" > binary");

        assertThat(diff)
                .startsWith("# Not complete: ")
                .contains("secrets are covered with *")
                .contains("+*************\n")
                .contains(
                        "Binary files /dev/null and b/binary differ\n# not shown (secret): binary: nothing -> 14 bytes,");
    }

    @Test
    void Y16_manyLargeFilesAreComparedInTime() throws IOException {
        start();
        bench.run(shell("before", MANY));
        long begun = System.nanoTime();

        propose(MANY);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    /** Many files of as many lines as were once compared, in another order each time. */
    private static final String MANY = "for i in $(seq 100); do seq 4999 | shuf > f$i; done";

    /** The whole diff of a proposal, a character for each byte. */
    private String propose(String command) throws IOException {
        PatchDocument document = shell("fix", command, fields -> fields.put("propose", true));
        bench.offer(document);
        bench.await(FIX, PatchStatus.PROPOSED);
        return Files.readString(bench.logs.diff(bench.entry(FIX)), StandardCharsets.ISO_8859_1);
    }

    private Receipt receipt() {
        return bench.events.receipt(bench.entry(FIX)).orElseThrow();
    }
}
