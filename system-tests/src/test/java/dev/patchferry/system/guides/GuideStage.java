package dev.patchferry.system.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.GuideBlock;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What has to be there before a block makes sense: patches in the state that it is about, files that it names. */
final class GuideStage {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final GuideReader reader;
    private final Map<String, Scene> scenes = new LinkedHashMap<>();

    private interface Scene {
        void set() throws Exception;
    }

    GuideStage(GuideReader reader) {
        this.reader = reader;
        scenes.put("./ferry plan phases.json", () -> file("phases.json", """
                {"id": "only-phases", "phases": ["look at it first"]}"""));
        scenes.put("/patches/slow-1/cancel", () -> send(Sender.shell("slow-1", "sleep 300")));
        scenes.put("/patches/fix-2/approve", this::twoProposals);
        scenes.put("/patches/CUT-SHORT/execute", this::cutShortAndUndelivered);
        scenes.put("\"$URL/health\"", this::nothingIsOnItsWay);
        scenes.put("./ferry policy check fix.json", this::anotherWorkspace);
        scenes.put("cp newer/ferry.db.schema-7", this::anUpgrade);
    }

    /** Sets the scene of a block that has one. */
    void prepare(GuideBlock block) throws Exception {
        for (String key : Map.copyOf(scenes).keySet()) {
            if (block.text().contains(key)) {
                scenes.remove(key).set();
            }
        }
    }

    /** No scene is left that no block asked for. */
    void assertEverythingWasNeeded() {
        assertThat(scenes.keySet()).isEmpty();
    }

    private void twoProposals() throws Exception {
        for (String id : new String[] {"fix-2", "fix-3"}) {
            send(Sender.shell(id, "echo fixed >" + id + ".txt").put("propose", true));
            becomes(id, "proposed");
        }
        reader.replace("5f0c…", patch("fix-2").path("change_set").asText());
    }

    /** One patch whose runner was killed while it ran, one that no runner was there for. */
    private void cutShortAndUndelivered() throws Exception {
        send(Sender.shell("cut-short", "[ -e may-end.txt ] || sleep 300"));
        becomes("cut-short", "running");
        ProcessHandle runner = reader.process("runner");
        runner.destroyForcibly();
        runner.onExit().join();
        becomes("cut-short", "interrupted");
        file("workspace/may-end.txt", "");
        reader.run("./ferry stop runner");
        send(Sender.shell("never-came", "true"));
        becomes("never-came", "undeliverable");
        reader.stay("./ferry up runner");
        reader.replace("CUT-SHORT", "cut-short");
        reader.replace("NEVER-CAME", "never-came");
    }

    private void nothingIsOnItsWay() {
        await().atMost(SOON)
                .until(() -> reader.operator().read("/health").path("queue").asInt(-1) == 0);
    }

    /** The settings that the guide shows, of a workspace beside the default one. */
    private void anotherWorkspace() throws Exception {
        file("fix.json", Sender.shell("fix", "sudo true").toString());
        for (String folder : new String[] {"site", "sdkman", "nvm"}) {
            Files.createDirectory(reader.folder().resolve(folder));
        }
        file(".ferry/secrets/npm-token", "a token of npm\n");
        reader.replace("/srv/site", reader.folder().resolve("site").toString());
        reader.replace("/home/me/.sdkman", reader.folder().resolve("sdkman").toString());
        reader.replace("/home/me/.nvm", reader.folder().resolve("nvm").toString());
        reader.replace("/home/me/patch-ferry", reader.checkout().toString());
        String settings = GuideBlock.of(Checkout.underTest().root(), "docs/operations.md").stream()
                .filter(block -> block.info().equals("properties"))
                .map(reader::typed)
                .collect(Collectors.joining());
        file(".ferry/config/application.properties", settings);
        reader.run("./ferry stop");
        reader.stay("./ferry up");
    }

    /** A copy of the store from before an upgrade; which schema it has does not matter to the commands. */
    private void anUpgrade() throws Exception {
        reader.run("FERRY_HOME=restored ./ferry stop; ./ferry stop");
        reader.run("cp .ferry/webhook/ferry.db .ferry/webhook/ferry.db.schema-7");
        reader.replace("THE-BUILD-BEFORE", "HEAD");
    }

    private void file(String name, String content) throws IOException {
        Path file = reader.checkout().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void send(JsonNode document) throws Exception {
        assertThat(reader.submitter().post("/webhook", document.toString()).status())
                .isIn(200, 202);
    }

    private void becomes(String id, String status) {
        await().atMost(SOON).until(() -> patch(id).path("status").asText().equals(status));
    }

    private JsonNode patch(String id) throws Exception {
        return reader.operator().read("/patches/" + id);
    }
}
