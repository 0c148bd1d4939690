package dev.patchferry.webhook.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunnerLinkTest {
    @Test
    void tellsEachTimeTheRunnerComesBackAndOnlyThen() {
        RunnerLink link = new RunnerLink();
        AtomicInteger returns = new AtomicInteger();
        link.onUp(returns::incrementAndGet);

        link.up();
        link.up();
        link.down("gone");
        link.down("still gone");
        link.up();

        assertThat(returns).hasValue(2);
    }

    @Test
    void saysWhyTheRunnerCannotBeUsed() {
        RunnerLink link = new RunnerLink();
        assertThat(link.fault()).contains("not tried yet");

        link.up();
        assertThat(link.fault()).isEmpty();

        link.down("gone");
        assertThat(link.fault()).contains("gone");
    }
}
