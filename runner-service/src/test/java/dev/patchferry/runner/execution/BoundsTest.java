package dev.patchferry.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.foundation.files.DiskSpaceGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much a patch did, what a model is shown of it stays readable and says how much is missing. */
class BoundsTest {
    private static final int MOST = 90_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u0001", "\u001b[31m\u0000", "\"\\\n", "ü🚢"})
    void anAnswerStaysBelow90000CharactersWhateverIsInIt(String bit) throws IOException {
        Receipt receipt = receipt(bit.repeat(20_000), 5_000);

        String answer = Json.MAPPER.writeValueAsString(new RunnerPatch(
                new PatchId("a".repeat(128)),
                new ContentHash("0".repeat(64)),
                WorkspaceName.DEFAULT,
                receipt.outcome(),
                true,
                receipt.reason(),
                1,
                false,
                Instant.now(),
                Collections.nCopies(4, new StatusChange(PatchStatus.FAILED, Instant.now(), receipt.reason())),
                Optional.of(receipt)));

        assertThat(answer).hasSizeLessThan(MOST);
    }

    @Test
    void whatIsLeftOutIsCounted() throws IOException {
        Receipt receipt = receipt("12345678", 5_000);

        assertThat(receipt.files().size() + receipt.filesOmitted()).isEqualTo(5_000);
        assertThat(receipt.steps().size() + receipt.stepsOmitted()).isEqualTo(5_000);
        assertThat(receipt.diff().length() + receipt.diffOmitted()).isEqualTo(8);
        assertThat(receipt.filesOmitted()).isPositive();
    }

    @Test
    void theBytesBeforeTheTailAreCountedAsBytes() throws IOException {
        Receipt receipt = receipt("ü".repeat(50_000), 1);

        assertThat(receipt.logTail().getBytes(StandardCharsets.UTF_8).length + receipt.logOmitted())
                .isEqualTo(100_000);
    }

    @Test
    void aCharacterIsNeverCutInTwo() {
        assertThat(ReceiptBounds.head("🚢🚢", 3)).isEqualTo("🚢");
        assertThat(ReceiptBounds.tail("🚢🚢", 3)).isEqualTo("🚢");
        assertThat(ReceiptBounds.head("🚢", 1)).isEmpty();
        assertThat(ReceiptBounds.tail("🚢", 1)).isEmpty();
    }

    private Receipt receipt(String text, int count) throws IOException {
        Path log = Files.writeString(folder.resolve("log"), text);
        Step step = new Step.Run("true", Step.Run.Kind.PATCH);
        Plan plan = new Plan("shell", "role", List.of(step), List.of(text));
        ReceiptDraft draft = new ReceiptDraft(
                plan,
                Clock.systemUTC(),
                new Enforced("full", "overlay", "none", List.of(), Optional.empty()),
                log,
                new OutOfRoom(DiskSpaceGuard.NONE));
        IntStream.range(0, count).forEach(i -> {
            draft.did(new Receipt.Step(
                    "validate", text, Optional.of(255), Optional.of("KILL"), 120_000, Optional.of("exact")));
            draft.note(text);
        });
        String hash = "0".repeat(64);
        draft.changed(
                IntStream.range(0, count)
                        .mapToObj(i -> new ChangedFile(
                                "folder/file-" + i,
                                "modified",
                                Optional.of(hash),
                                Optional.of(hash),
                                Optional.of("0644")))
                        .toList(),
                text);
        return draft.receipt(new Outcome(PatchStatus.SUCCEEDED, text));
    }
}
