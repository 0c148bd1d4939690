package dev.patchferry.system.pair;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchferry.system.support.Checkout;
import dev.patchferry.system.support.Command;
import dev.patchferry.system.support.Ferry;
import dev.patchferry.system.support.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands that tell beforehand what would become of a document, from the packaged runner, which does not run. */
@Tag("system")
class CheckCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private final Ferry ferry = Ferry.of(Checkout.underTest());

    CheckCommandsTest() throws IOException {}

    @Test
    void policyCheckNamesTheRuleOfTheSettingsThatDecides() throws IOException {
        configure("deny command=\"*sudo*\" because there is no root here");

        JsonNode verdict = only(run("policy", "check", document("sudo make install")));

        assertThat(verdict.path("result").asText()).isEqualTo("deny");
        assertThat(verdict.path("reason").asText()).isEqualTo("there is no root here (policy rule 1)");
    }

    @Test
    void policyCheckAsksAsWhomeverItIsTold() throws IOException {
        configure("hold principal=new-bot because we do not know it yet");
        String file = document("true");

        assertThat(only(run("policy", "check", "--principal", "new-bot", "--roles", "submit", file))
                        .path("result")
                        .asText())
                .isEqualTo("hold");
        assertThat(only(run("policy", "check", file)).path("result").asText()).isEqualTo("allow");
    }

    @Test
    void policyCheckRefusesSettingsThatMeanNothing() throws IOException {
        configure("propose group=nonsense because somebody looks");

        Command.Result check = run("policy", "check", document("true"));

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.out()).isEmpty();
        assertThat(check.err()).contains("ferry.workspaces.default.rules[0]", "`nonsense`");
    }

    @Test
    void planSaysWhatADocumentWouldDo() throws IOException {
        JsonNode plan = only(run("plan", document("echo hi")));

        assertThat(plan.path("result").asText()).isEqualTo("plan");
        assertThat(plan.path("steps").path(0).path("command").asText()).isEqualTo("echo hi");
    }

    private Command.Result run(String... line) throws IOException {
        return ferry.launcher().run(line);
    }

    /** The one line that came out, of a command that had nothing else to say. */
    private static JsonNode only(Command.Result result) throws IOException {
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).hasSize(1);
        return JSON.readTree(result.out());
    }

    private void configure(String... rules) throws IOException {
        Path config = Files.createDirectories(ferry.home().resolve("config"));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            lines.add("ferry.workspaces.default.rules[" + i + "]=" + rules[i]);
        }
        Files.write(config.resolve("application.properties"), lines);
    }

    private String document(String command) throws IOException {
        return Files.writeString(
                        ferry.folder().resolve("fix.json"),
                        Sender.shell("fix", command).toString())
                .toString();
    }
}
