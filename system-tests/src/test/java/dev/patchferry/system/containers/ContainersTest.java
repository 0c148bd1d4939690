package dev.patchferry.system.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.GuideBlock;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One pair for all tests, which do not get in each other's way: every patch has its own id and its own file. */
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainersTest {
    private static final List<String> TOKENS = List.of("submit", "operator", "runner");

    @AutoClose
    private final ComposePair pair = ComposePair.create();

    ContainersTest() throws IOException {}

    @BeforeAll
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void buildAndStart() throws Exception {
        pair.up();
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "runner"})
    void isHealthyByItsOwnReadiness(String service) throws Exception {
        JsonNode container = pair.details(service);

        assertThat(container.at("/State/Health/Status").asText()).isEqualTo("healthy");
        assertThat(container.at("/Config/Healthcheck/Test").toString()).contains("/q/health/ready");
    }

    @Test
    void X44_aPatchSentToThePublishedPortRunsInTheFullSandbox() throws Exception {
        JsonNode patch = sender().sendShell("greet", "mkdir made && echo hello > made/greeting.txt");

        assertThat(patch.path("status").asText()).as(patch.toPrettyString()).isEqualTo("succeeded");
        assertThat(patch.at("/receipt/enforced/sandbox").asText()).isEqualTo("full");
        assertThat(patch.at("/receipt/steps/0/exit_code").asInt(-1)).isZero();
    }

    @Test
    void whatAPatchMakesBelongsToTheWorkspacesOwner() throws Exception {
        sender().sendShell("own", "mkdir owned && touch owned/file");

        assertThat(ownerOf("owned")).isEqualTo(pair.owner());
        assertThat(ownerOf("owned/file")).isEqualTo(pair.owner());
    }

    @Test
    void aFailedPatchLeavesTheWorkspaceAsItWas() throws Exception {
        sender().sendShell("base", "echo before > kept.txt");

        JsonNode patch = sender().sendShell("fail", "echo after > kept.txt; touch left-over; exit 3");

        assertThat(patch.path("status").asText()).as(patch.toPrettyString()).isEqualTo("failed");
        assertThat(patch.at("/receipt/steps/0/exit_code").asInt()).isEqualTo(3);
        assertThat(pair.workspace().resolve("kept.txt")).hasContent("before");
        assertThat(pair.workspace().resolve("left-over")).doesNotExist();
    }

    @Test
    void aPatchSeesNeitherTokensNorStateNorTheNetwork() throws Exception {
        JsonNode patch = sender().sendShell("curious", """
                        for hidden in /run/ferry /var/lib/ferry; do ls -A "$hidden" && exit 1; done
                        cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep ^FERRY_ && exit 2
                        curl --silent --max-time 5 http://webhook:5555/health && exit 3
                        exit 0""");

        assertThat(patch.path("status").asText()).as(patch.toPrettyString()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "runner"})
    void runsAsTheOwnerWithoutCapabilitiesOnAReadOnlyRoot(String service) throws Exception {
        String status = pair.inside(service, "cat", "/proc/1/status");

        assertThat(status)
                .containsPattern("(?m)^Uid:\\s+%1$d\\s+%1$d\\s+%1$d\\s+%1$d$".formatted(pair.owner()))
                .containsPattern("(?m)^CapBnd:\\s+0+$")
                .containsPattern("(?m)^NoNewPrivs:\\s+1$")
                .containsPattern("(?m)^Seccomp:\\s+2$");
        assertThat(pair.inside(service, "sh", "-c", "touch /probe 2>&1 || true"))
                .contains("Read-only file system");
    }

    @Test
    void theEngineTellsNoToken() throws Exception {
        for (String name : TOKENS) {
            String token = token(name);
            assertThat(token).hasSizeGreaterThan(40);
            for (String service : List.of("init", "webhook", "runner")) {
                assertThat(pair.inspect(service)).doesNotContain(token);
            }
        }
    }

    @Test
    void theRunnerHoldsItsOwnTokenAlone() throws Exception {
        assertThat(pair.inside("runner", "ls", "/run/ferry/tokens").strip()).isEqualTo("runner");
        assertThat(pair.inside("runner", "cat", "/run/ferry/tokens/runner").strip())
                .isEqualTo(token("runner"));
    }

    @Test
    void onlyTheWebhookIsPublishedAndOnlyToThisMachine() throws Exception {
        JsonNode published = pair.details("webhook").at("/NetworkSettings/Ports/5555~1tcp");

        assertThat(published).hasSize(1);
        assertThat(published.at("/0/HostIp").asText()).isEqualTo("127.0.0.1");
        assertThat(pair.details("runner").at("/HostConfig/PortBindings")).isEmpty();
        assertThat(pair.details("runner").at("/NetworkSettings/Ports").toString())
                .doesNotContain("HostPort");
    }

    @Test
    void theRunnersOnlyNetworkHasNoWayOut() throws Exception {
        JsonNode networks = pair.details("runner").at("/NetworkSettings/Networks");

        assertThat(networks).hasSize(1);
        String network = networks.fieldNames().next();
        assertThat(pair.docker("network", "inspect", "--format", "{{.Internal}}", network))
                .isEqualToIgnoringNewLines("true");
    }

    @Test
    void X42_X44_aRunnerThatWasGrantedNothingIsNotReadyAndSaysWhatItNeeds() throws Exception {
        String bare = pair.docker(
                        "run",
                        "--detach",
                        "--rm",
                        "--network",
                        "none",
                        "--volume",
                        "/var/lib/ferry",
                        ComposePair.RUNNER)
                .strip();
        try {
            String probe = "curl --silent http://127.0.0.1:5053/q/health/ready || true";
            String readiness = await().atMost(90, TimeUnit.SECONDS)
                    .until(() -> pair.docker("exec", bare, "sh", "-c", probe), answer -> !answer.isBlank());

            assertThat(readiness).contains("DOWN", "seccomp", "systempaths", "docker-compose.yml");
        } finally {
            pair.docker("rm", "--force", "--volumes", bare);
        }
    }

    @Test
    void containersMadeAnewKeepTheTokensAndThePatches() throws Exception {
        String token = token("submit");
        sender().sendShell("remember", "echo me > remembered.txt");

        pair.up("--force-recreate");

        assertThat(token("submit")).isEqualTo(token);
        assertThat(sender().read("/patches/remember").path("status").asText()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource({
        "12345, FERRY_WORKSPACE-belongs-to-FERRY_UID, 77, init: the workspace belongs to uid",
        "0, FERRY_UID-and-FERRY_GID-are-numbers-above-0, 64, init: FERRY_UID is 0",
        "me, FERRY_UID-and-FERRY_GID-are-numbers-above-0, 64, init: FERRY_UID is 'me'"
    })
    void whatCannotBePreparedIsToldByTheNameOfItsCheckAndItsLastLine(
            String owner, String check, int code, String reason) throws Exception {
        try (ComposePair other = ComposePair.another("init")) {
            Command.Result up = other.upAs(owner);

            assertThat(up.exitCode()).isNotZero();
            assertThat(up.out() + up.err())
                    .contains("service \"" + check + "\" didn't complete successfully: exit " + code);
            assertThat(other.lastLineOf(check)).startsWith(reason);
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void theCommandsOfTheGuideWork() throws Exception {
        List<GuideBlock> blocks = GuideBlock.of(Checkout.underTest().root(), "docs/containers.md").stream()
                .filter(block -> block.notRun().orElse("").contains("the group containers runs it"))
                .toList();
        assertThat(blocks).hasSize(3);
        try (ComposePair other = ComposePair.another("guide")) {
            for (GuideBlock block : blocks) {
                Command.Result result = other.typed(block);
                assertThat(result.exitCode())
                        .as(block + result.out() + result.err())
                        .isZero();
            }
            assertThat(other.workspace().resolve("hello.txt")).hasContent("hello");
        }
    }

    private Sender sender() throws IOException {
        return new Sender(pair.webhook(), token("submit"));
    }

    private String token(String name) throws IOException {
        return pair.inside("webhook", "cat", "/run/ferry/tokens/" + name).strip();
    }

    private int ownerOf(String name) throws IOException {
        Path file = pair.workspace().resolve(name);
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
