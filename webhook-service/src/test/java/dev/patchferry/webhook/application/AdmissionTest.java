package dev.patchferry.webhook.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchferry.foundation.problem.ProblemException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int MIB = 1 << 20;

    private final Admission admission = new Admission(() -> new MemorySize(BigInteger.valueOf(4L * MIB)));

    @Test
    void turnsAwayWhoComesWhenTheMemoryIsUsedUpAndTellsThemToComeBack() {
        for (int i = 0; i < 3; i++) {
            admission.admit(MIB, true);
        }

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> admission.admit(MIB, true))
                .satisfies(problem -> {
                    assertThat(problem.problem().status()).isEqualTo(503);
                    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(2));
                });
        assertThat(admission.admit(100, true)).isNotNull();
    }

    @Test
    void takesABodyOfUnknownLengthForTheLongest() {
        for (int i = 0; i < 3; i++) {
            admission.admit(-1, true);
        }

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> admission.admit(-1, true));
    }

    @Test
    void hasRoomAgainOnceABodyIsDoneWith() {
        for (int i = 0; i < 100; i++) {
            try (Admission.Pass pass = admission.admit(Integer.MAX_VALUE, true)) {
                assertThat(pass).isNotNull();
            }
        }
    }

    @Test
    void leavesThreeQuartersToThoseWhoAreKnown() {
        Admission.Pass unproved = admission.admit(MIB / 2, false);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> admission.admit(MIB, false));
        for (int i = 0; i < 3; i++) {
            admission.admit(MIB, true);
        }

        unproved.close();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> admission.admit(MIB, false));
        assertThat(admission.admit(MIB / 2, false)).isNotNull();
    }

    @Test
    void takesNothingMoreInOnceTheServiceStopsAndSaysWhenToComeBack() {
        admission.stop(new ShutdownDelayInitiatedEvent());

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> admission.admit(100, true))
                .satisfies(problem -> {
                    assertThat(problem.problem().status()).isEqualTo(503);
                    assertThat(problem.problem().detail()).contains("stopping", "Nothing of this patch was stored");
                    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(5));
                });
    }
}
