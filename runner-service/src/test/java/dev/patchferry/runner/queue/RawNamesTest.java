package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.ChangedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands work on files whose names are no UTF-8, as old archives and other systems leave them. */
@Timeout(60)
class RawNamesTest {
    /** The names in a folder, escaped, each with the content of the file. */
    private static final String LIST = "for f in *; do printf '%s=%s\\n'"
            + " \"$(LC_ALL=C ls -d --quoting-style=escape -- \"$f\")\" \"$(cat \"$f\")\"; done";

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
    void filesAreMadeEditedRenamedAndDeletedAndAllOfItIsUndone() throws Exception {
        String before = "old\\351=o\nrenamed\\351=r\ngone\\351=g\ntwo\\351=1\ntwo\\352=2\n";
        outside(
                "cd '%s' && for n in old=o renamed=r gone=g; do f=$(printf \"${n%%=*}\\351\"); echo ${n#*=} > \"$f\"; done;"
                        + " echo 1 > \"$(printf 'two\\351')\"; echo 2 > \"$(printf 'two\\352')\"");
        assertThat(lines(listed())).containsExactlyInAnyOrderElementsOf(lines(before));

        Receipt receipt = bench.run(shell("raw", """
                echo edited > "$(printf 'old\\351')"
                mv "$(printf 'renamed\\351')" "$(printf 'renamed\\352')"
                rm "$(printf 'gone\\351')"
                echo new > "$(printf 'new\\377')"
                chmod +x "$(printf 'two\\352')"
                """));

        assertThat(receipt.outcome()).as(receipt.reason()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(receipt.files())
                .extracting(ChangedFile::path, ChangedFile::change)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "(\"\"gone\\351\"\", \"deleted\")",
                        "(\"\"new\\377\"\", \"created\")",
                        "(\"\"old\\351\"\", \"modified\")",
                        "(\"\"renamed\\351\"\", \"deleted\")",
                        "(\"\"renamed\\352\"\", \"created\")",
                        "(\"\"two\\352\"\", \"mode\")");
        assertThat(receipt.diff())
                .contains("diff --git \"a/old\\351\" \"b/old\\351\"", "diff --git \"a/new\\377\" \"b/new\\377\"");
        assertThat(lines(listed()))
                .containsExactlyInAnyOrder(
                        "old\\351=edited", "renamed\\352=r", "new\\377=new", "two\\351=1", "two\\352=2");

        bench.undo(new PatchId("raw"), PatchStatus.UNDONE);

        assertThat(bench.receipt(new PatchId("raw")).files())
                .extracting(ChangedFile::path)
                .contains("\"renamed\\351\"", "\"new\\377\"");
        assertThat(lines(listed())).containsExactlyInAnyOrderElementsOf(lines(before));
    }

    @Test
    void aConflictNamesThePathAsGitQuotesIt() throws Exception {
        outside("cd '%s' && mkdir d && echo o > \"$(printf 'd/old\\351')\"");
        PatchId patch = bench.offer(shell("a", RunnerBench.waiting("echo patch > \"$(printf 'd/old\\351')\"")));
        bench.awaitBegun();
        outside("cd '%s' && echo by hand > \"$(printf 'd/old\\351')\"");
        bench.letGo();

        Receipt receipt = bench.receipt(patch);

        assertThat(receipt.reason()).startsWith("conflict: \"d/old\\351\" was changed by somebody else");
    }

    private String listed() throws Exception {
        return outside("cd '%s' && " + LIST.replace("%", "%%"));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private String outside(String script) throws Exception {
        Path output = Files.createTempFile(folder, "out", "");
        Process process = new ProcessBuilder("bash", "-c", script.formatted(bench.workspace.root()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }
}
