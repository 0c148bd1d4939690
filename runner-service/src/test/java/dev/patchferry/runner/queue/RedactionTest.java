package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.read;
import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.journal.JournaledPatch;
import dev.patchferry.runner.undo.Undos;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A secret that commands get is in nothing that anybody reads of them, however they give it away. */
@Timeout(60)
class RedactionTest {
    private static final String TOKEN = "tok/en+\"it's-9";
    private static final String KEY = "line one of the key\nline two of the key";
    private static final String STARS = "*".repeat(TOKEN.length());

    private static final List<String> PIECES =
            List.of("tok/en", "tok\\/en", "tok%2F", "it's-9", "it'\\''s-9", "it\\'s-9", "line one of", "line two of");

    @TempDir
    Path folder;

    private RunnerBench bench;

    @BeforeEach
    void setUp() throws IOException {
        Map<String, String> environment = Map.of("TOKEN", TOKEN, "KEY", KEY, "MODE", "production", "CI", "true");
        bench = new RunnerBench(folder, new CommandGrants(List.of(), environment, Set.of("MODE"), false));
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void X30_aSecretIsNotInTheOutput() throws IOException {
        Receipt receipt = runAndLookEverywhere(shell("a", "echo \"1 $TOKEN 2\""));

        assertThat(receipt.logTail()).isEqualTo("1 " + STARS + " 2\n");
    }

    @Test
    void X30_noPieceOfASecretIsThereWhenItIsWrittenInTwo() throws IOException {
        Receipt receipt = runAndLookEverywhere(
                shell("a", "printf 'x'; printf '%s' \"${TOKEN:0:5}\"; sleep 0.1; echo \"${TOKEN:5}\""));

        assertThat(receipt.logTail()).isEqualTo("x" + STARS + "\n");
    }

    @Test
    void X30_aSecretIsNotShownWhenTheShellTracesIt() throws IOException {
        Receipt receipt =
                runAndLookEverywhere(shell("a", "set -x; : \"$TOKEN\"; : \"$KEY\"; printf '%q\\n' \"$TOKEN\""));

        assertThat(receipt.logTail()).startsWith("+ : '***").doesNotContain("it", "line");
    }

    @Test
    void X30_aSecretIsNotShownInBase64() throws IOException {
        Receipt receipt = runAndLookEverywhere(
                shell("a", "for n in '' u us; do printf '%s' \"$n:$TOKEN:\" | base64; done; env | base64 -w 20"));

        assertThat(receipt.logTail().lines().limit(3))
                .allSatisfy(line -> assertThat(line).contains("*".repeat(16)));
    }

    @Test
    void X30_aSecretIsNotShownInJsonOrInAUrl() throws IOException {
        Receipt receipt = runAndLookEverywhere(shell("a", """
                printf '{"t":"%s"}\\n' "$(printf '%s' "$TOKEN" | sed 's/"/\\\\"/g')"
                echo "https://host/?t=$(printf '%s' "$TOKEN" | sed 's/\\//%2F/;s/+/%2B/;s/"/%22/')"
                """));

        assertThat(receipt.logTail().lines())
                .containsExactly("{\"t\":\"" + STARS + "*\"}", "https://host/?t=" + STARS + "*".repeat(6));
    }

    @Test
    void X30_noLineOfASecretIsShown() throws IOException {
        Receipt receipt = runAndLookEverywhere(shell("a", "echo \"$KEY\" | tac"));

        assertThat(receipt.logTail()).isEqualTo("*******************\n*******************\n");
    }

    @Test
    void X30_aSecretIsNotInTheDiffOrInTheNameOfAFileButInTheWorkspace() throws IOException {
        Receipt receipt =
                runAndLookEverywhere(shell("a", "printf 'one\\n%s\\n' \"$TOKEN\" > f; mkdir d; echo x > \"d/$KEY\""));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(receipt.diff()).contains("+" + STARS).contains("b/d/");
        assertThat(bench.workspace.root().resolve("f")).hasContent("one\n" + TOKEN);
        assertThat(Files.readString(bench.logs.diff(bench.entry(new PatchId("a")))))
                .contains("+" + STARS);
    }

    @Test
    void X30_aSecretIsNotInAnErrorMessage() throws IOException {
        Receipt receipt = runAndLookEverywhere(shell("a", "cat \"/nowhere/$TOKEN\"; no-such-${TOKEN}"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.logTail()).contains("/nowhere/" + STARS).contains("no-such-" + STARS);
    }

    @Test
    void X30_aSecretIsNotInTheReasonWhyAnUndoIsRefused() throws IOException {
        Receipt receipt = runAndLookEverywhere(shell("a", "echo x > \"$KEY\""));
        assertThat(receipt.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        Files.writeString(bench.workspace.root().resolve(KEY), "by hand");

        Undos.Answer answer = bench.undo(new PatchId("a"), PatchStatus.UNDONE);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Undos.Answer.Refused.class,
                        refused -> assertThat(refused.reason())
                                .startsWith("conflict: *******************\n*******************"));
    }

    @Test
    void X30_aSecretThatIsCutOffByTheEndOfAReceiptIsCovered() throws IOException {
        Receipt receipt = runAndLookEverywhere(
                shell(
                        "a",
                        "for n in $(seq 3000); do echo \"$n $TOKEN\"; done | tee many; for n in $(seq 900); do echo > \"$n-$KEY\"; done"));

        assertThat(receipt.diffOmitted()).isPositive();
        assertThat(receipt.logOmitted()).isPositive();
        assertThat(receipt.filesOmitted()).isPositive();
    }

    @Test
    void X30_aTokenOfKnownShapeIsCoveredThoughNobodyNamedIt() throws IOException {
        bench.start();
        Receipt receipt = bench.run(shell("a", "printf 'ghp_%s\\n' 012345678901234567890123456789abcdef | tee f"));

        assertThat(receipt.logTail()).isEqualTo("*".repeat(40) + "\n");
        assertThat(receipt.diff()).contains("+" + "*".repeat(40));
    }

    @Test
    void X30_whatACrashLeftBehindIsCoveredBeforeAnybodyReadsIt() throws IOException {
        PatchId patch = bench.offer(shell("a", "true"));
        JournaledPatch running = bench.journal.started(bench.entry(patch)).orElseThrow();
        Files.writeString(bench.logs.begin(running), "cut short after " + TOKEN + "\n");
        bench.start();

        Receipt receipt = bench.receipt(patch);

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.INTERRUPTED);
        assertThat(receipt.logTail()).isEqualTo("cut short after " + STARS + "\n");
        lookEverywhere();
    }

    @Test
    void theValueOfAVariableThatIsNoSecretIsShown() throws IOException {
        Receipt receipt = runAndLookEverywhere(read("""
                {"id": "a", "postMutationBuild": "echo $MODE $CI"}
                """));

        assertThat(receipt.logTail()).isEqualTo("production true\n");
        assertThat(receipt.enforced().limits()).contains("env=TOKEN", "env=MODE", "too_short_to_redact=CI");
    }

    @Test
    void whereProgramsLieIsShownThoughTheWorkspaceSaysIt() throws IOException {
        bench.close();
        bench = new RunnerBench(
                        Files.createDirectory(folder.resolve("path")),
                        new CommandGrants(List.of(), Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"), false))
                .start();

        Receipt receipt = bench.run(shell("a", "echo $PATH"));

        assertThat(receipt.logTail()).isEqualTo("/usr/local/bin:/usr/bin:/bin\n");
    }

    private Receipt runAndLookEverywhere(PatchDocument document) throws IOException {
        bench.start();
        Receipt receipt = bench.run(document);
        lookEverywhere();
        return receipt;
    }

    /** In the events, the receipts, and every file that is kept for readers. */
    private void lookEverywhere() throws IOException {
        Awaiting.until(() -> Stream.of(".completed", ".failed", ".proposed")
                .anyMatch(place -> Files.exists(bench.files.resolve(place).resolve("a.receipt.json"))));
        for (PatchEvent event : bench.events.after(EventCursor.START, 1_000)) {
            assertNoSecret("event " + event.cursor(), json(event));
        }
        for (Path kept : List.of(bench.files, bench.files.resolveSibling("logs"))) {
            try (Stream<Path> files = Files.walk(kept)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertNoSecret(file.toString(), Files.readString(file));
                }
            }
        }
    }

    private static void assertNoSecret(String where, String text) {
        String base64 = Base64.getEncoder().encodeToString(TOKEN.getBytes(StandardCharsets.UTF_8));
        assertThat(PIECES.stream().filter(text::contains)).as(where).isEmpty();
        assertThat(text.contains(base64.substring(0, 8)) || text.contains(base64.substring(4, 12)))
                .as(where)
                .isFalse();
    }

    private static String json(Object event) {
        try {
            return Json.MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
