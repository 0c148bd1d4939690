package dev.patchferry.foundation.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrashPointTest {
    @Test
    void isArmedByItsNameInTheProfileCrash() {
        assertThat(CrashPoint.armedBy(
                        Map.of("QUARKUS_PROFILE", "crash", "FERRY_TEST_STOP_AT", "runner-change-applied")))
                .contains(CrashPoint.RUNNER_CHANGE_APPLIED);
    }

    @Test
    void isNeverArmedInAnyOtherProfile() {
        assertThat(CrashPoint.armedBy(Map.of("FERRY_TEST_STOP_AT", "runner-started")))
                .isEmpty();
        assertThat(CrashPoint.armedBy(Map.of("QUARKUS_PROFILE", "prod", "FERRY_TEST_STOP_AT", "runner-started")))
                .isEmpty();
        assertThat(CrashPoint.armedBy(Map.of("QUARKUS_PROFILE", "prod", "FERRY_TEST_STOP_AT", "no-such-point")))
                .isEmpty();
    }

    @Test
    void isNotArmedWhereNothingIsAskedFor() {
        assertThat(CrashPoint.armedBy(Map.of("QUARKUS_PROFILE", "crash"))).isEmpty();
        assertThat(CrashPoint.armedBy(Map.of("QUARKUS_PROFILE", "crash", "FERRY_TEST_STOP_AT", "")))
                .isEmpty();
    }

    @Test
    void aNameThatDoesNotExistIsRefused() {
        assertThatThrownBy(() ->
                        CrashPoint.armedBy(Map.of("QUARKUS_PROFILE", "crash", "FERRY_TEST_STOP_AT", "runner-stated")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runner-stated")
                .hasMessageContaining("--list-points");
    }

    @Test
    void everyPointNamesItsServiceFirst() {
        assertThat(Arrays.stream(CrashPoint.values()).map(CrashPoint::wireName))
                .allMatch(name -> name.matches("(webhook|runner)(-[a-z]+)+"));
    }
}
