package dev.patchferry.system.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Sender;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the other tests of this package rely on when nothing is said to be left. */
@Tag("crash")
@Execution(ExecutionMode.CONCURRENT)
class LeftoversTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A program of a name of its own, in a session and with an environment of its own. */
    private static final String HIDDEN = "cp \"$(command -v sleep)\" stray && setsid env -i ./stray 4711";

    @Test
    @Timeout(120)
    void aCommandThatStillRunsIsSeen() throws Exception {
        try (Pair pair = Pair.create()) {
            pair.startBoth();
            pair.sender().send(Sender.shell("stays", HIDDEN));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pair.leftovers()).anyMatch(each -> each.contains("stray 4711")));

            pair.operator().post("/patches/stays/cancel", "{}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pair.leftovers()).isEmpty());
        }
    }
}
