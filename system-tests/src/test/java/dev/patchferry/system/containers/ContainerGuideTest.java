package dev.patchferry.system.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Environment;
import dev.patchferry.system.support.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files that docs/containers.md shows, as Compose reads them beside the checkout's own. */
@Tag("containers")
class ContainerGuideTest {
    private static final Pattern OVERRIDE =
            Pattern.compile("```yaml\n(# docker-compose\\.override\\.yml\n.*?)```", Pattern.DOTALL);

    private final Path root = Checkout.underTest().root();

    @AutoClose
    private final Folder folder = Folder.create();

    ContainerGuideTest() throws IOException {}

    @Test
    void everyOverrideThatIsShownIsValid() throws IOException {
        List<String> overrides = overrides();

        assertThat(overrides).hasSize(2);
        for (String override : overrides) {
            Command.Result config = config(override);
            assertThat(config.exitCode()).as(override + config.err()).isZero();
        }
    }

    @Test
    void theSecondWorkspaceReachesTheRunnerWithItsPolicy() throws IOException {
        String shown = overrides().stream()
                .filter(override -> override.contains("FERRY_WORKSPACES_SITE_PATH"))
                .findFirst()
                .orElseThrow();

        JsonNode runner = new ObjectMapper().readTree(config(shown).out()).at("/services/runner");

        assertThat(runner.at("/environment/FERRY_WORKSPACES_SITE_PATH").asText())
                .isEqualTo("/site");
        assertThat(runner.at("/environment/FERRY_WORKSPACES_SITE_POLICY").asText())
                .isEqualTo("cautious");
        assertThat(runner.at("/environment/FERRY_RUNNER_TOKEN_FILE").asText())
                .as("what the file itself sets")
                .isNotEmpty();
        assertThat(runner.path("volumes").findValuesAsText("target"))
                .contains("/site", "/policies/default.policy", "/workspace");
    }

    private Command.Result config(String override) throws IOException {
        Path file = Files.writeString(folder.path().resolve("docker-compose.override.yml"), override);
        return Command.of(
                        Environment.plain(),
                        root,
                        "docker",
                        "compose",
                        "--file",
                        "docker-compose.yml",
                        "--file",
                        file.toString(),
                        "config",
                        "--format",
                        "json")
                .run();
    }

    private List<String> overrides() throws IOException {
        return OVERRIDE.matcher(Files.readString(root.resolve("docs/containers.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```yaml\n".length(), block.length() - "```".length()))
                .toList();
    }
}
