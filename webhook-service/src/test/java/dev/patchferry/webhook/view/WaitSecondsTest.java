package dev.patchferry.webhook.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchferry.foundation.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitSecondsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "25,25", "40,40", "41,40", "99999999999999999999,40", "0007,7"})
    void takesWholeSecondsUpToForty(String text, long seconds) {
        assertThat(WaitSeconds.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "x", " 1", "+1", "٣"})
    void refusesEverythingElse(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> WaitSeconds.parse(text))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }
}
