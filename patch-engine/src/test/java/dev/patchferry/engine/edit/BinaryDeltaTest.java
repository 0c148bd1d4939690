package dev.patchferry.engine.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryDeltaTest {
    private static final byte[] BASE = "abcdef".getBytes(StandardCharsets.US_ASCII);

    /** From a base of six bytes: how long the result is, then the instructions. */
    @ParameterizedTest
    @CsvSource({"0606 9006, abcdef", "0603 910203, cde", "0604 027879 910402, xyef", "0607 9006 0178, abcdefx"})
    void P32_copiesPartsAndInsertsBytes(String delta, String expected) {
        assertThat(BinaryDelta.apply(BASE, bytes(delta)))
                .hasValueSatisfying(made ->
                        assertThat(new String(made, StandardCharsets.US_ASCII)).isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "06",
                "0506 9005",
                "0606",
                "0606 9007",
                "0606 91",
                "0602 9006",
                "0606 00",
                "0606 0378",
                "0606 FFFFFFFFFFFFFFFF",
                "06FFFFFFFF7F 9006",
                "FFFFFFFFFFFF 9006"
            })
    void P32_refusesInstructionsThatMeanNothing(String delta) {
        assertThat(BinaryDelta.apply(BASE, bytes(delta))).isEmpty();
    }

    @Test
    void P32_survivesWhateverBytesItGets() {
        Random random = new Random(32);
        for (int i = 0; i < 20_000; i++) {
            byte[] delta = new byte[2 + random.nextInt(30)];
            random.nextBytes(delta);
            delta[0] = (byte) BASE.length;
            delta[1] = (byte) random.nextInt(40);
            int promised = delta[1];
            BinaryDelta.apply(BASE, delta).ifPresent(made -> assertThat(made).hasSize(promised));
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
