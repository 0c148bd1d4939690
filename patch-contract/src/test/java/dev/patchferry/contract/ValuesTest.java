package dev.patchferry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "patch-v3.3.19(P11.12.06)_cyops+unified", "a:b@c"})
    void anIdIsWhatTheRuleAllows(String id) {
        assertThat(PatchId.isValid(id)).isTrue();
        assertThat(PatchId.isValid(id.repeat(129))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "a/b", "a b", "a\n", "é", "$(id)", "a\u0000"})
    void S12_anythingElseIsNone(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PatchId(id));
    }

    @ParameterizedTest
    @EnumSource(PatchStatus.class)
    void everyStateCanBeReachedAndReadBack(PatchStatus status) {
        assertThat(PatchStatus.named(status.wireName())).contains(status);
        assertThat(status.mayBecome(status)).isFalse();
        assertThat(status == PatchStatus.ACCEPTED
                        || Arrays.stream(PatchStatus.values()).anyMatch(from -> from.mayBecome(status)))
                .isTrue();
    }

    @Test
    void anEndStaysUntilSomebodyAsks() {
        assertThat(PatchStatus.FAILED.successors()).isEmpty();
        assertThat(PatchStatus.SUCCEEDED.successors()).containsExactly(PatchStatus.UNDONE);
        assertThat(PatchStatus.INTERRUPTED.successors()).containsExactly(PatchStatus.QUEUED);
        assertThat(PatchStatus.UNDELIVERABLE.mayBecome(PatchStatus.RUNNING)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0-0123456789abcdef", "17-0123456789abcdef"})
    void aCursorIsReadBack(String cursor) {
        assertThat(EventCursor.parse(cursor))
                .hasValueSatisfying(read -> assertThat(read).hasToString(cursor));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "17",
                "-1",
                "00-0123456789abcdef",
                "17-xyz",
                "17-0123456789ABCDEF",
                "9999999999999999999-0123456789abcdef"
            })
    void nothingElseIsACursor(String cursor) {
        assertThat(EventCursor.parse(cursor)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemHasAStableUri(ProblemType type) {
        assertThat(ProblemType.of(type.uri())).contains(type);
        assertThat(type.status()).isBetween(400, 599);
    }
}
