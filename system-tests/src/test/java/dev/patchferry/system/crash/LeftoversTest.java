package dev.patchferry.system.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.system.support.Sender;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the other tests of this package rely on when they find nothing left behind: that they would find it. */
@Tag("crash")
class LeftoversTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A program with a name, a session and an environment of its own. */
    private static final String HIDDEN =
            "cp \"$(command -v sleep)\" stray; setsid --wait env -i ./stray 4711 < /dev/null > /dev/null 2>&1";

    @Test
    @Timeout(120)
    void aCommandThatStillRunsIsSeenWhateverItMadeOfItselfAndItsFolder() throws Exception {
        try (Pair pair = Pair.create()) {
            pair.startBoth();
            pair.sender().post("/webhook", Sender.shell("stays", HIDDEN).toString());

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pair.leftovers())
                            .anyMatch(each -> each.contains("stray 4711"))
                            .anyMatch(each -> each.contains("/scratch/")));

            pair.operator().post("/patches/stays/cancel", "{}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pair.leftovers()).isEmpty());
        }
    }
}
