package dev.patchferry.webhook.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureThrottleTest {
    private static final int AT_ONCE = 20;

    private final HandMeter time = new HandMeter();
    private final FailureThrottle throttle = new FailureThrottle(time);

    @Test
    void tellsTheFirstTwentyAndThenOneEveryThreeSeconds() {
        fail(AT_ONCE, "192.0.2.1");

        assertThat(count("192.0.2.1")).isEqualTo(tooMany(true));
        assertThat(count("192.0.2.1")).isEqualTo(tooMany(false));
        time.advance(Duration.ofSeconds(3));
        assertThat(count("192.0.2.1")).isEqualTo(new FailureThrottle.Verdict.Tell());
        assertThat(count("192.0.2.1")).isEqualTo(tooMany(true));
    }

    @Test
    void countsAnIpv6NetworkAsOneAndOtherAddressesByThemselves() {
        fail(AT_ONCE, "2001:db8:0:1::1");

        assertThat(count("2001:db8:0:1:ffff::2")).isEqualTo(tooMany(true));
        assertThat(count("2001:db8:0:2::1")).isEqualTo(new FailureThrottle.Verdict.Tell());
        assertThat(count("192.0.2.1")).isEqualTo(new FailureThrottle.Verdict.Tell());
    }

    @Test
    void remembersABoundedNumberOfAddresses() {
        for (int i = 0; i < 20_000; i++) {
            count("10.0." + (i >> 8) + "." + (i & 255));
        }

        assertThat(throttle.remembered()).isEqualTo(10_000);
    }

    private void fail(int times, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(count(address)).isEqualTo(new FailureThrottle.Verdict.Tell());
        }
    }

    private FailureThrottle.Verdict count(String address) {
        return throttle.count(InetAddress.ofLiteral(address));
    }

    private static FailureThrottle.Verdict tooMany(boolean first) {
        return new FailureThrottle.Verdict.TooMany(Duration.ofSeconds(3), first);
    }
}
