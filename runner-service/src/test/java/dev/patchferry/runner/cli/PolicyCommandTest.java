package dev.patchferry.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchferry.contract.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCommandTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void settings() throws IOException {
        settings("""
                ferry.workspaces.default.rules[0]=propose group=ci,editor-tasks because the build server runs it
                ferry.workspaces.default.rules[1]=deny command="*curl*" because nothing is fetched here
                ferry.workspaces.default.rules[2]=hold role=operate because operators look twice
                ferry.workspaces.site.path=/srv/site
                ferry.workspaces.site.policy=cautious
                """);
    }

    @Test
    void saysWhichRuleDecidesBeforeAPatchRuns() throws IOException {
        int status = run(shell("curl http://example.org"));

        assertThat(status).isZero();
        assertThat(answer().path("result").asText()).isEqualTo("deny");
        assertThat(answer().path("reason").asText()).isEqualTo("nothing is fetched here (policy rule 2)");
        assertThat(answer().path("decided").asText()).isEqualTo("before it runs");
        assertThat(answer().at("/rule/text").asText())
                .isEqualTo("deny command=\"*curl*\" because nothing is fetched here");
    }

    @Test
    void saysWhichRulesMayStillDecideByWhatItDoes() throws IOException {
        run(shell("make"));

        assertThat(answer().path("result").asText()).isEqualTo("allow");
        assertThat(answer().path("reason").asText()).isEqualTo("no rule of the policy is about it");
        assertThat(answer().at("/by_what_it_does/0/number").asInt()).isEqualTo(1);
    }

    @Test
    void takesThePathsThatADocumentDeclares() throws IOException {
        run("""
            {"id": "a", "mutations": [{"path": ".github/workflows/x.yml", "contents": "on: push"}]}
            """);

        assertThat(answer().path("result").asText()).isEqualTo("propose");
        assertThat(answer().path("declared_paths").get(0).asText()).isEqualTo(".github/workflows/x.yml");
        assertThat(answer().path("decided").asText()).isEqualTo("by what it changed, before its commit");
    }

    @Test
    void takesThePatchForSomebodyElsesAndForAnotherWorkspace() throws IOException {
        run(shell("make"), "--principal", "ops", "--roles", "submit,operate");
        assertThat(answer().path("result").asText()).isEqualTo("hold");
        assertThat(answer().path("principal").asText()).isEqualTo("ops");

        run(shell("make"), "--workspace", "site");
        assertThat(answer().path("result").asText()).isEqualTo("propose");
        assertThat(answer().path("workspace").asText()).isEqualTo("site");
    }

    @Test
    void aWorkspaceThatDoesNotExistIsRefusedWithThoseThatDo() throws IOException {
        assertThat(run(shell("make"), "--workspace", "nope")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--workspace: there is no workspace nope; there is default, site");
    }

    @Test
    void readsRulesFromAFileOfTheHome() throws IOException {
        settings("ferry.workspaces.default.rules-file=config/default.policy\n");
        Files.writeString(home.resolve("config/default.policy"), """
                # who may do what
                allow principal=ci, release

                deny because only the build server comes in
                """);

        int status = run(shell("make"));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "default.policy:2: the rule `allow principal=ci, release` has `principal=ci,`, with an empty");
        Files.writeString(home.resolve("config/default.policy"), """
                allow principal=ci,release
                deny because only the build server comes in
                """);
        assertThat(run(shell("make"))).isZero();
        assertThat(answer().path("result").asText()).isEqualTo("deny");
    }

    /** As docs/containers.md has it. */
    @Test
    void aWorkspaceAndItsRulesCanComeFromTheEnvironment() throws IOException {
        Path rules = Files.writeString(home.resolve("site.policy"), "deny command=\"*make*\" because not here\n");
        environment.put("FERRY_WORKSPACES_SHOP_PATH", "/srv/shop");
        environment.put("FERRY_WORKSPACES_SHOP_POLICY", "cautious");
        environment.put("FERRY_WORKSPACES_SHOP_RULES_FILE", rules.toString());

        run(shell("make"), "--workspace", "shop");
        assertThat(answer().path("reason").asText()).startsWith("not here");

        run(shell("echo"), "--workspace", "shop");
        assertThat(answer().path("result").asText()).isEqualTo("propose");
    }

    @Test
    void theEnvironmentBeatsTheFile() throws IOException {
        environment.put("FERRY_WORKSPACES_SITE_POLICY", "allow");

        run(shell("make"), "--workspace", "site");

        assertThat(answer().path("result").asText()).isEqualTo("allow");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ferry.workspaces.site.policy=careful | ferry.workspaces.site.policy is `careful`, which is no policy",
                "ferry.workspaces.site.rules[0]=stop because x | ferry.workspaces.site.rules[0]: the rule `stop because x` begins with `stop`",
                "ferry.workspaces.site.rules-file=nowhere | ferry.workspaces.site.rules-file: cannot read"
            })
    void settingsThatMeanNothingAreRefused(String setting, String complaint) throws IOException {
        settings(setting + "\n");

        assertThat(run(shell("make"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(complaint);
    }

    @Test
    void settingsThatContradictOneAnotherAreRefused() throws IOException {
        settings("""
                ferry.workspaces.site.policy=cautious
                ferry.workspaces.site.network=host
                """);
        assertThat(run(shell("make"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("give one of them");

        settings("ferry.sandbox=none\nferry.workspaces.site.policy=cautious\n");
        assertThat(run(shell("make"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is none with FERRY_SANDBOX=none");
    }

    @Test
    void saysWhatCannotBeExecutedAtAll() throws IOException {
        assertThat(run("{\"id\": \"a\", \"phases\": []}")).isEqualTo(1);
        assertThat(answer().path("result").asText()).isEqualTo("impossible");
        assertThat(run("{\"id\": \"a\", \"workspace\": \"nowhere\", \"mutations\": [{\"shell\": \"make\"}]}"))
                .isEqualTo(1);
        assertThat(answer().path("reason").asText()).isEqualTo("there is no workspace nowhere; there is default, site");
    }

    @Test
    void refusesWrongUsage() {
        assertThat(command("").run(List.of())).isEqualTo(2);
        assertThat(command("").run(List.of("--principal"))).isEqualTo(2);
        assertThat(command("").run(List.of("--what", "x.json"))).isEqualTo(2);
        assertThat(command("").run(List.of("not-there.json"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no such option: --what", "no such file");
    }

    private static String shell(String command) {
        return """
                {"id": "a", "role": "command_patch", "target_file": "-", "patch": "%s"}
                """.formatted(command);
    }

    private void settings(String properties) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/application.properties"), properties);
    }

    private int run(String document, String... options) {
        out.reset();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("-");
        return command(document).run(arguments);
    }

    private PolicyCommand command(String document) {
        return new PolicyCommand(
                new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                home,
                environment);
    }

    private JsonNode answer() throws IOException {
        return Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
    }
}
