package dev.patchferry.webhook.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.patchferry.foundation.problem.ProblemException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private static final Principal ALICE = Principal.unlimited("alice", Roles.SUBMIT);
    private static final Principal BOB = Principal.unlimited("bob", Roles.SUBMIT);

    private final HandMeter time = new HandMeter();
    private final Heard heard = new Heard();

    @Test
    void letsHalfAMinutesWorthThroughAtOnceAndThenAsTimePasses() {
        RateLimit limit = new RateLimit("60", heard, time);
        times(30, limit, ALICE);

        assertThatRefused(limit, ALICE, Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(5));

        times(5, limit, ALICE);
        assertThatRefused(limit, ALICE, Duration.ofSeconds(1));
    }

    @Test
    void countsEachPrincipalByItself() {
        RateLimit limit = new RateLimit("2", heard, time);
        times(1, limit, ALICE);
        assertThatRefused(limit, ALICE, Duration.ofSeconds(30));

        times(1, limit, BOB);
    }

    @Test
    void aRateOfOnesOwnBeatsEverybodys() {
        RateLimit limit = new RateLimit("off", heard, time);
        times(1_000, limit, ALICE);

        Principal slow = new Principal("slow", Set.of(Roles.SUBMIT), WorkspaceScope.EVERYWHERE, OptionalInt.of(4));
        times(2, limit, slow);
        assertThatRefused(limit, slow, Duration.ofSeconds(15));

        Principal faster = new Principal("slow", Set.of(Roles.SUBMIT), WorkspaceScope.EVERYWHERE, OptionalInt.of(20));
        times(10, limit, faster);
    }

    @Test
    void tellsWhoeverRecordsIt() {
        RateLimit limit = new RateLimit("1", heard, time);
        times(1, limit, ALICE);

        assertThatRefused(limit, ALICE, Duration.ofMinutes(1));

        assertThat(heard.events()).containsExactly(new AuthEvent.RateLimited("alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "OFF", "sixty", "1000000", "6.5", ""})
    void refusesASettingThatMeansNothing(String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimit(setting, heard, time))
                .withMessageContaining("FERRY_RATE_LIMIT");
    }

    private static void times(int times, RateLimit limit, Principal sender) {
        for (int i = 0; i < times; i++) {
            limit.count(sender);
        }
    }

    private static void assertThatRefused(RateLimit limit, Principal sender, Duration wait) {
        Assertions.assertThatThrownBy(() -> limit.count(sender))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refused -> {
                    assertThat(refused.problem().status()).isEqualTo(429);
                    assertThat(refused.retryAfter()).contains(wait);
                });
    }
}
