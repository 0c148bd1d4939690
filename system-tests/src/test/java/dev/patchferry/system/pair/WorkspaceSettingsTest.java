package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.RunningCommand;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A further workspace, {@code site}: where its owner sees what decides about its patches, and what senders read of it. */
@Tag("launcher")
class WorkspaceSettingsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @AutoClose
    private final RunningPair pair = new RunningPair();

    private final Path root = pair.home().resolveSibling("disk/site");

    WorkspaceSettingsTest() throws IOException {}

    @BeforeEach
    void configure() throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("ferry.workspaces.site.path", root.toString());
        settings.put("ferry.workspaces.site.policy", "cautious");
        settings.put("ferry.workspaces.default.network", "host");
        settings.put("ferry.workspaces.site.rules[0]", "allow path=docs/**");
        settings.put("ferry.workspaces.site.rules[1]", "deny command=\"*sudo*\" because there is no root here");
        pair.configure(settings);
    }

    @Test
    void policyRulesAndNetworkAreInTheListTheStatusAndTheLog() throws Exception {
        Files.createDirectories(root);
        try (RunningCommand up = pair.up()) {
            JsonNode site = workspace(pair.operator(), "site");
            Command.Result status = pair.terminals().status();

            assertThat(site.path("policy").asText()).isEqualTo("cautious");
            assertThat(site.path("rules").asInt()).isEqualTo(2);
            assertThat(site.path("network").asText()).isEqualTo("none");
            JsonNode standard = workspace(pair.operator(), "default");
            assertThat(standard.path("policy").asText()).isEqualTo("allow");
            assertThat(standard.path("rules").asInt(-1)).isZero();
            assertThat(standard.path("network").asText()).isEqualTo("host");
            assertThat(workspace(pair.sender(), "site").has("rules"))
                    .as("a sender's list")
                    .isFalse();
            assertThat(status.out())
                    .contains("workspace site: policy cautious, rules 2, network none")
                    .contains("workspace default: policy allow, rules 0, network host");
            assertThat(Files.readString(pair.home().resolve("run/runner.log")))
                    .contains("workspace name=site path=" + root + " policy=cautious rules=2 network=none")
                    .contains("workspace name=default");
            assertThat(up.isAlive()).isTrue();
        }
    }

    @Test
    void sendersToAWorkspaceThatCannotBeUsedReadTheCauseAndThePatchRunsOnceItCan() throws Exception {
        Files.createDirectories(root);
        try (RunningCommand up = pair.up()) {
            assertThat(pair.sender().sendShell("beside", "true").path("status").asText())
                    .isEqualTo("succeeded");

            Path elsewhere = Files.move(root, root.resolveSibling("elsewhere"));
            Sender.Answer sent = pair.sender().post("/webhook?wait=3", toSite().toString());

            assertThat(sent.status()).isEqualTo(202);
            assertShowsTheCause(sent.body());
            assertShowsTheCause(pair.sender().read("/patches/for-site"));
            assertThat(workspace(pair.sender(), "site").path("usable").asBoolean(true))
                    .isFalse();
            assertThat(workspace(pair.operator(), "site").path("reason").asText())
                    .contains(root.toString());

            Files.move(elsewhere, root);
            await().atMost(SOON)
                    .until(
                            () -> pair.sender()
                                    .read("/patches/for-site")
                                    .path("status")
                                    .asText(),
                            "proposed"::equals);
            assertThat(up.isAlive()).isTrue();
        }
    }

    private void assertShowsTheCause(JsonNode patch) {
        assertThat(patch.path("status").asText()).as(patch.toPrettyString()).isEqualTo("queued");
        assertThat(patch.path("reason").asText()).contains("workspace_unusable: ", root.toString());
        assertThat(patch.path("next").asText()).contains("tell the person");
    }

    private static ObjectNode toSite() {
        return Sender.shell("for-site", "echo here > here.txt").put("workspace", "site");
    }

    private static JsonNode workspace(Sender sender, String name) throws Exception {
        JsonNode workspaces = sender.read("/workspaces");
        return StreamSupport.stream(workspaces.spliterator(), false)
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(workspaces.toPrettyString()));
    }
}
