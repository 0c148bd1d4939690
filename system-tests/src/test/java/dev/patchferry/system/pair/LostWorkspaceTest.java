package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The folder of a workspace goes away under a running pair, as with a disk that is unmounted, and comes back. */
@Tag("system")
class LostWorkspaceTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void S8_itsPatchesWaitAndTheOthersRunUntilItIsBack() throws Exception {
        try (RunningPair pair = new RunningPair()) {
            Path site = Files.createDirectories(pair.workspace().resolveSibling("site"));
            Path away = site.resolveSibling("away");
            pair.configure(Map.of("ferry.workspaces.site.path", site.toString()));
            try (RunningCommand up = pair.up()) {
                assertThat(pair.sender()
                                .send(inSite("before"))
                                .body()
                                .path("status")
                                .asText())
                        .isEqualTo("succeeded");
                Files.move(site, away);

                assertThat(pair.sender()
                                .post("/webhook", inSite("waits").toString())
                                .status())
                        .isEqualTo(202);
                await().atMost(SOON)
                        .until(() ->
                                patch(pair, "waits").path("reason").asText().contains("workspace_unusable: "));
                assertThat(patch(pair, "waits").path("status").asText()).isEqualTo("queued");
                assertThat(pair.sender()
                                .sendShell("other", "true")
                                .path("status")
                                .asText())
                        .isEqualTo("succeeded");
                assertThat(pair.atRunner()
                                .read("/q/health/ready")
                                .path("status")
                                .asText())
                        .isEqualTo("UP");

                Files.createDirectory(site);

                JsonNode ran = await().atMost(SOON)
                        .until(
                                () -> patch(pair, "waits"),
                                patch -> patch.path("terminal").asBoolean());
                assertThat(ran.path("status").asText()).as(ran.toString()).isEqualTo("succeeded");
                assertThat(site.resolve("ledger.txt")).hasContent("waits");
                assertThat(isLocked(site))
                        .as("the folder that came back is locked")
                        .isTrue();
                assertThat(isLocked(away)).as("the one that is away is free").isFalse();
                assertThat(up.isAlive()).isTrue();
            }
        }
    }

    private static JsonNode inSite(String id) {
        return Sender.shell(id, "echo " + id + " >> ledger.txt").put("workspace", "site");
    }

    private static JsonNode patch(RunningPair pair, String id) throws Exception {
        return pair.sender().read("/patches/" + id);
    }

    private static boolean isLocked(Path folder) throws Exception {
        return Command.of(Environment.plain(), Path.of("/"), "flock", "--nonblock", folder.toString(), "true")
                        .run()
                        .exitCode()
                != 0;
    }
}
