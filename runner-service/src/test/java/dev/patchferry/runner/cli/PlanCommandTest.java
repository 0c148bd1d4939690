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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final String SHELL = """
            {"id": "say-it", "role": "command_patch", "target_file": "-", "patch": "touch ran.txt; echo ✅"}
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsThePlanOfADocumentAndRunsNothing() throws IOException {
        String file = file("say.json", SHELL);
        assertThat(plan("", file)).isZero();
        assertThat(onlyLine()).isEqualTo(Json.MAPPER.readTree("""
                                {"file": "%s", "id": "say-it", "result": "plan", "format": "shell",
                                 "detected_by": "role is command_patch",
                                 "steps": [{"kind": "patch", "summary": "run `touch ran.txt; echo ✅`",
                                            "command": "touch ran.txt; echo ✅"}],
                                 "ignored": []}
                                """.formatted(file)));
        assertThat(folder).isDirectoryContaining("glob:**/say.json").isDirectoryNotContaining("glob:**/ran.txt");
    }

    @Test
    void describesEveryKindOfStep() throws IOException {
        String document = """
                {"id": "all", "validate": {"shell": "true"}, "phases": ["think"], "mutations": [
                  {"path": "%s/deep/a.sh", "contents": "ä", "mode": "0755"}, {"op": "delete", "path": "b"},
                  {"op": "chmod", "path": "c", "mode": "0600"}, {"path": "d", "old": "x", "new": "y"}]}
                """.formatted(folder);
        assertThat(plan("", file("all.json", document))).isZero();
        assertThat(onlyLine().get("steps")).isEqualTo(Json.MAPPER.readTree("""
                                [{"kind": "write", "summary": "write deep/a.sh (2 bytes, mode 0755)", "path": "deep/a.sh",
                                  "bytes": 2, "mode": "0755"},
                                 {"kind": "delete", "summary": "delete b", "path": "b"},
                                 {"kind": "chmod", "summary": "set the mode of c to 0600", "path": "c", "mode": "0600"},
                                 {"kind": "edit", "summary": "edit d: replace `x`", "path": "d", "replacements": 1},
                                 {"kind": "validate", "summary": "run `true`", "command": "true"}]
                                """));
        assertThat(onlyLine().get("ignored")).hasToString("[\"`phases` (1 prose instruction)\"]");
    }

    @Test
    void saysWhyADocumentIsRejected() throws IOException {
        assertThat(plan("", file("prose.json", SHELL.replace("command_patch", "system"))))
                .isEqualTo(1);
        assertThat(onlyLine().get("result")).hasToString("\"rejected\"");
        assertThat(onlyLine().get("reasons").get(0).asText())
                .startsWith("/patch: ")
                .contains("role command_patch");
    }

    @Test
    void listsEveryFaultOfADocumentWithItsPlace() throws IOException {
        assertThat(plan("", file("faults.json", "{\"id\": \"a b\", \"patch\": \" \", \"dry_run\": 1}")))
                .isEqualTo(1);
        assertThat(onlyLine().get("reasons").valueStream().map(JsonNode::asText))
                .extracting(reason -> reason.substring(0, reason.indexOf(':')))
                .contains("/id", "/patch", "/role", "/target_file", "/dry_run");
        assertThat(onlyLine().has("id")).isFalse();
    }

    @Test
    void listsWhatCannotBeDoneBesideWhatCannotBeStored() throws IOException {
        String document = """
                {"mutations": [{"op": "delete", "path": "a", "start_line": 2}, {"path": "../b", "contents": ""}]}""";
        assertThat(plan("", file("faults.json", document))).isEqualTo(1);
        assertThat(onlyLine().get("reasons").valueStream().map(JsonNode::asText))
                .extracting(reason -> reason.substring(0, reason.indexOf(':')))
                .containsExactly("/id", "/mutations/0/start_line", "/mutations/1/path");
    }

    @Test
    void pointsAtWhereADocumentIsNotJson() throws IOException {
        assertThat(plan("", file("broken.json", "{\n  \"id\": \"x\",\n}\n"))).isEqualTo(1);
        assertThat(onlyLine().get("reasons").get(0).asText()).startsWith("line 3, column 1: ");
    }

    @Test
    void namesThePlaceOfAPartOfTheWrongKind() throws IOException {
        assertThat(plan("{\"id\": \"x\", \"mutations\": \"all of them\"}", "-")).isEqualTo(1);
        assertThat(onlyLine().get("reasons").get(0).asText()).startsWith("/mutations: must be a list");
    }

    @Test
    void refusesADocumentOver1MiB() throws IOException {
        assertThat(plan("", file("large.json", SHELL.replace("echo", "x".repeat(1 << 20)))))
                .isEqualTo(1);
        assertThat(onlyLine().get("reasons").get(0).asText()).contains("longer than 1048576 bytes");
    }

    @Test
    void readsStandardInputAndKeepsTheOrderOfItsArguments() throws IOException {
        assertThat(plan(SHELL, file("empty.json", ""), "-")).isEqualTo(1);
        assertThat(lines()).extracting(line -> line.get("result").asText()).containsExactly("rejected", "plan");
        assertThat(lines().getLast().get("file").asText()).isEqualTo("-");
    }

    @Test
    void goesOnAfterAFileThatCannotBeRead() throws IOException {
        String missing = folder.resolve("missing.json").toString();
        assertThat(plan("", missing, folder.toString(), file("say.json", SHELL)))
                .isEqualTo(2);
        assertThat(onlyLine().get("result").asText()).isEqualTo("plan");
        assertThat(errors()).contains("cannot read " + missing + ": no such file", "cannot read " + folder + ": ");
    }

    @Test
    void explainsItself() throws IOException {
        assertThat(plan("", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: ferry plan FILE...");
        assertThat(errors()).isEmpty();
    }

    @Test
    void refusesToBeCalledWithoutAFileOrWithAnUnknownOption() throws IOException {
        assertThat(plan("")).isEqualTo(2);
        assertThat(plan("", "--run")).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(errors()).contains("Usage: ferry plan FILE...", "no such option: --run");
    }

    private int plan(String input, String... arguments) {
        PlanCommand command = new PlanCommand(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder);
        return command.run(List.of(arguments));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private JsonNode onlyLine() throws IOException {
        assertThat(lines()).hasSize(1);
        return lines().getFirst();
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            documents.add(Json.MAPPER.readTree(line));
        }
        return documents;
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
