package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.RunningCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./ferry up} on what two earlier builds left, and on what a later one would. */
@Tag("launcher")
class UpgradedPairTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @AutoClose
    private final RunningPair pair = new RunningPair();

    UpgradedPairTest() throws IOException {}

    @ParameterizedTest
    @CsvSource({"e2d7d2e, 1", "16317b5, 6"})
    void whatAnEarlierBuildHadTakenInGoesOn(String commit, int schema) throws Exception {
        EarlierHome.restore(commit, pair.home());
        try (RunningCommand up = pair.up()) {
            assertThat(pair.terminals().status().exitCode()).isZero();
            assertThat(read("ended").path("status").asText()).isEqualTo("succeeded");
            assertThat(read("ended").at("/receipt/steps/0/exit_code").asInt(-1)).isZero();
            assertThat(read("failed").path("status").asText()).isEqualTo("failed");
            assertThat(end("running")).isEqualTo("interrupted");
            assertThat(end("queued")).isEqualTo("succeeded");
            assertThat(end("waiting")).isEqualTo("succeeded");
            assertThat(pair.file("g.txt")).hasContent("queued");
            assertThat(pair.sender()
                            .sendShell("new", "echo new > new.txt")
                            .path("status")
                            .asText())
                    .isEqualTo("succeeded");
            assertThat(up.isAlive()).isTrue();
        }
        assertThat(pair.home().resolve("webhook/ferry.db.schema-" + schema)).isNotEmptyFile();
        assertThat(pair.home().resolve("runner/journal.db.schema-" + schema)).isNotEmptyFile();
    }

    @Test
    void whatWaitedForADecisionUnderTheEarlierBuildIsDecidedUnderThisOne() throws Exception {
        EarlierHome.restore("16317b5", pair.home());
        try (RunningCommand up = pair.up()) {
            assertThat(read("undone").path("status").asText()).isEqualTo("undone");
            assertThat(read("proposed").path("status").asText()).isEqualTo("proposed");
            assertThat(read("held").path("status").asText()).isEqualTo("held");

            assertThat(pair.operator().approve("held").status()).isIn(200, 202);
            assertThat(pair.operator().post("/patches/proposed/deny", "").status())
                    .isIn(200, 202);

            assertThat(end("held")).isEqualTo("succeeded");
            assertThat(end("proposed")).isEqualTo("rejected");
            assertThat(pair.file("e.txt")).hasContent("held");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"webhook, webhook/ferry.db", "runner, runner/journal.db"})
    void whatALaterBuildWroteIsRefusedInOneLine(String service, String file) throws Exception {
        Path database = pair.home().resolve(file);
        try (RunningCommand up = pair.up(service)) {
            assertThat(up.isAlive()).isTrue();
        }
        pair.terminals().take("stop");
        EarlierHome.pretendNewer(database);

        Command.Result refused = pair.terminals().run("up", service);

        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(78);
        List<String> log = new ArrayList<>(refused.err().lines().toList());
        log.removeIf(line -> !line.contains("schema version 999"));
        assertThat(log)
                .singleElement()
                .asString()
                .contains("The database " + database + " has schema version 999", "docs/operations.md");
        assertThat(refused.err()).doesNotContain("Exception").contains(service + " refuses to start");
    }

    private String end(String id) {
        return await().atMost(SOON)
                .until(() -> read(id), patch -> patch.path("terminal").asBoolean())
                .path("status")
                .asText();
    }

    private JsonNode read(String id) throws Exception {
        return pair.operator().read("/patches/" + id);
    }
}
