package dev.patchferry.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchFormat;
import dev.patchferry.engine.plan.Step;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of document, a folder each: what is sent, and the plan or refusal that must come of it. */
class DocumentParserTest {
    private static final FormatContext CONTEXT = new FormatContext("/srv/ws", Optional.empty());

    static Stream<Path> cases() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(DocumentParserTest.class.getResource("/cases/format"))
                .toURI());
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsEachForm(Path folder) throws IOException {
        ObjectNode document = stored(Files.readAllBytes(folder.resolve("document.json")));
        JsonNode expected = Json.MAPPER.readTree(folder.resolve("expected.json").toFile());
        assertThat(ResultJson.of(DocumentParser.parse(document, CONTEXT))).isEqualTo(expected);
    }

    @Test
    void runsTextWhoseRoleSaysNothingWhereTheWorkspaceIsForThat() {
        FormatContext shell = new FormatContext("/srv/ws", Optional.of(PatchFormat.SHELL));
        assertThat(parse(seed("helper", "date"), shell))
                .satisfies(planned ->
                        assertThat(planned.plan().steps()).containsExactly(new Step.Run("date", Step.Run.Kind.PATCH)))
                .satisfies(planned ->
                        assertThat(planned.plan().detectedBy()).isEqualTo("the workspace's default format is shell"));
    }

    @Test
    void keepsToARoleThatSaysSomethingWhateverTheWorkspaceIsFor() {
        FormatContext shell = new FormatContext("/srv/ws", Optional.of(PatchFormat.SHELL));
        for (String role : List.of("instruction_patch", "ui_patch", "ui_patch|command_patch")) {
            assertThat(DocumentParser.parse(stored(seed(role, "rm it")), shell))
                    .isInstanceOf(ParseResult.Unsupported.class);
        }
    }

    @Test
    void readsACommandWhoseLinesAllEndInCrlfAsOneWithLf() {
        for (String sent : List.of("cat > x <<E\r\none\r\nE\r\ntouch y\r\n", "cat > x <<E\r\none\r\nE\r\ntouch y")) {
            String end = sent.endsWith("\n") ? "\n" : "";
            assertThat(parse(seed("command_patch", escaped(sent)), CONTEXT)).satisfies(planned -> {
                assertThat(planned.plan().steps())
                        .containsExactly(new Step.Run("cat > x <<E\none\nE\ntouch y" + end, Step.Run.Kind.PATCH));
                assertThat(planned.plan().ignored())
                        .anyMatch(phrase -> phrase.contains("carriage returns") && phrase.contains("CRLF"));
            });
        }
    }

    @Test
    void leavesACommandAloneThatHasLinesOfBothKinds() {
        String sent = "printf 'a\r\n' > x\ntouch y\r\n";
        assertThat(parse(seed("command_patch", escaped(sent)), CONTEXT)).satisfies(planned -> {
            assertThat(planned.plan().steps()).containsExactly(new Step.Run(sent, Step.Run.Kind.PATCH));
            assertThat(planned.plan().ignored()).noneMatch(phrase -> phrase.contains("carriage"));
        });
    }

    @Test
    void takesNoMoreThan500Files() {
        assertThat(mutations(500, "{'path':'f%d','contents':''}")).isInstanceOf(ParseResult.Planned.class);
        assertThat(mutations(501, "{'path':'f%d','contents':''}"))
                .isEqualTo(new ParseResult.Unsupported(
                        List.of("501 files are too many for one patch; the most is 500. Send several patches")));
    }

    @Test
    void takesNoMoreThan5000Edits() {
        assertThat(mutations(5_000, "{'path':'f','old':'a','new':'b','comment':'%d'}"))
                .isInstanceOf(ParseResult.Planned.class);
        assertThat(mutations(5_001, "{'path':'f','old':'a','new':'b','comment':'%d'}"))
                .isInstanceOf(ParseResult.Unsupported.class);
    }

    @Test
    void takesNoMoreThan1000Commands() {
        assertThat(mutations(1_000, "{'shell':'echo %d'}")).isInstanceOf(ParseResult.Planned.class);
        assertThat(mutations(1_001, "{'shell':'echo %d'}")).isInstanceOf(ParseResult.Unsupported.class);
    }

    @Test
    void X17_refusesACommandThatNoShellCouldBeGiven() {
        assertThat(DocumentParser.parse(stored(seed("command_patch", ": " + "x".repeat(90_000))), CONTEXT))
                .isInstanceOf(ParseResult.Planned.class);
        assertThat(DocumentParser.parse(stored(seed("command_patch", ": " + "é".repeat(90_000))), CONTEXT))
                .isInstanceOfSatisfying(
                        ParseResult.Unsupported.class,
                        answer -> assertThat(answer.reasons())
                                .singleElement(InstanceOfAssertFactories.STRING)
                                .contains("100000 bytes", "script"));
    }

    /** The diff changes whichever of its two files is there, and so moves the lines of either. */
    @ParameterizedTest
    @ValueSource(strings = {"a/first.txt", "b/second.txt"})
    void takesNoLineNumberOfAFileThatTheDiffBeforeItMayHaveChanged(String name) {
        String file = name.substring(2);
        String diff = "--- a/first.txt\\n+++ b/second.txt\\n@@ -1 +1,2 @@\\n a\\n+b\\n";
        String document = """
                {"id": "x", "role": "patch", "target_file": "-", "patch": "%s", "base": {"%s": "%s"},
                 "mutations": [{"path": "%s", "insert_line": 2, "content": "c"}]}
                """;
        String without = document.replace("\"patch\": \"%s\", ", "");

        assertThat(DocumentParser.parse(stored(utf8(without.formatted(file, "0".repeat(64), file))), CONTEXT))
                .isInstanceOf(ParseResult.Planned.class);
        assertThat(DocumentParser.parse(stored(utf8(document.formatted(diff, file, "0".repeat(64), file))), CONTEXT))
                .isInstanceOfSatisfying(
                        ParseResult.Unsupported.class,
                        refused -> assertThat(refused.reasons())
                                .singleElement(InstanceOfAssertFactories.STRING)
                                .contains(file + ", which may have other lines by now"));
    }

    @Test
    void keepsItsAnswerShortHoweverMuchIsWrong() {
        ParseResult result = mutations(3_000, "{'path':'../%d'}");
        assertThat(result)
                .isInstanceOfSatisfying(
                        ParseResult.Unsupported.class,
                        refused ->
                                assertThat(refused.reasons()).hasSize(51).last().isEqualTo("and 2950 more"));
    }

    private static ParseResult mutations(int count, String template) {
        String entries = IntStream.range(0, count)
                .mapToObj(i -> template.formatted(i).replace('\'', '"'))
                .collect(Collectors.joining(","));
        return DocumentParser.parse(
                stored(("{\"id\":\"many\",\"mutations\":[" + entries + "]}").getBytes(StandardCharsets.UTF_8)),
                CONTEXT);
    }

    private static byte[] utf8(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] seed(String role, String patch) {
        return "{\"id\":\"x\",\"role\":\"%s\",\"target_file\":\"a\",\"patch\":\"%s\"}"
                .formatted(role, patch)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n");
    }

    private static ParseResult.Planned parse(byte[] document, FormatContext context) {
        return (ParseResult.Planned) DocumentParser.parse(stored(document), context);
    }

    /** Documents reach the parser only through the contract's own validation. */
    private static ObjectNode stored(byte[] document) {
        return ((PatchDocument.Reading.Valid) PatchDocument.read(document))
                .document()
                .json();
    }
}
