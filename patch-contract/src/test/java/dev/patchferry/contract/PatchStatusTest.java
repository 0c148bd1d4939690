package dev.patchferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PatchStatusTest {
    @ParameterizedTest
    @CsvSource({
        "ACCEPTED, QUEUED",
        "QUEUED, RUNNING",
        "RUNNING, SUCCEEDED",
        "RUNNING, TIMED_OUT",
        "HELD, QUEUED",
        "PROPOSED, SUCCEEDED",
        "SUCCEEDED, UNDONE",
        "UNDONE, SUCCEEDED",
        "INTERRUPTED, QUEUED",
        "UNDELIVERABLE, ACCEPTED",
        "UNDELIVERABLE, RUNNING"
    })
    void goesAlongTheDesign(PatchStatus from, PatchStatus to) {
        assertThat(from.mayBecome(to)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED, RUNNING",
        "QUEUED, SUCCEEDED",
        "SUCCEEDED, FAILED",
        "FAILED, QUEUED",
        "CANCELLED, RUNNING",
        "REJECTED, QUEUED",
        "QUEUED, ACCEPTED",
        "RUNNING, QUEUED",
        "PREVIEWED, SUCCEEDED"
    })
    void goesNowhereElse(PatchStatus from, PatchStatus to) {
        assertThat(from.mayBecome(to)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(PatchStatus.class)
    void neverBecomesWhatItIs(PatchStatus status) {
        assertThat(status.mayBecome(status)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(PatchStatus.class)
    void isReadAsItIsWritten(PatchStatus status) throws Exception {
        String json = Json.MAPPER.writeValueAsString(status);

        assertThat(json).isEqualTo("\"" + status.wireName() + "\"");
        assertThat(Json.MAPPER.readValue(json, PatchStatus.class)).isEqualTo(status);
        assertThat(PatchStatus.named(status.wireName())).contains(status);
    }

    @Test
    void endsAWaitWhenOnlyAPersonCanMoveItOn() {
        assertThat(PatchStatus.HELD.endsAWait()).isTrue();
        assertThat(PatchStatus.HELD.isTerminal()).isFalse();
        assertThat(PatchStatus.PROPOSED.endsAWait()).isTrue();
        assertThat(PatchStatus.RUNNING.endsAWait()).isFalse();
        assertThat(PatchStatus.REJECTED.endsAWait()).isTrue();
    }
}
