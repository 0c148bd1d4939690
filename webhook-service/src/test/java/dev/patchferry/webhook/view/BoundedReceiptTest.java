package dev.patchferry.webhook.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.webhook.Samples;
import org.junit.jupiter.api.Test;

class BoundedReceiptTest {
    @Test
    void leavesAnOrdinaryReceiptAlone() {
        Receipt receipt = Samples.receipt(PatchStatus.SUCCEEDED, "hello\n");

        assertThat(BoundedReceipt.of(receipt)).isEqualTo(receipt);
    }

    @Test
    void cutsAndCountsWhatIsTooLongAndKeepsTheEndOfTheLog() throws JsonProcessingException {
        Receipt receipt = Samples.receipt(PatchStatus.FAILED, "x".repeat(100_000) + "the end");

        Receipt bounded = BoundedReceipt.of(receipt);

        assertThat(bounded.logTail()).endsWith("the end");
        assertThat(bounded.logTail().length() + bounded.logOmitted())
                .isEqualTo(receipt.logTail().length());
        assertThat(Json.MAPPER.writeValueAsString(bounded)).hasSizeLessThan(60_000);
    }

    @Test
    void staysBelowTheBoundWhateverJsonMakesOfTheCharacters() throws JsonProcessingException {
        Receipt bounded = BoundedReceipt.of(Samples.receipt(PatchStatus.FAILED, "\u0001".repeat(100_000)));

        assertThat(Json.MAPPER.writeValueAsString(bounded)).hasSizeLessThan(60_000);
    }
}
