package dev.patchferry.webhook.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers stay within their bounds, whatever is in them. */
class McpBoundsTest {
    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\n", "\u001b", "ä", "\uD83D\uDE00"})
    void anAnswerAboutAPatchHasRoomForTheBeginningAndTheEndOfItsOutput(String filler) {
        String output = "BEGIN" + filler.repeat(20_000) + "END";

        ObjectNode report = PatchReports.withOutput(Rpc.none().put("id", "fix-1"), output);

        assertThat(report.toString().length()).isBetween(2_000, 8_000);
        assertThat(report.path("output").asText())
                .startsWith("BEGIN")
                .contains("get_patch_log")
                .endsWith("END");
    }

    @Test
    void whatHasNoRoomAtAllIsLeftOut() {
        ObjectNode report = PatchReports.withOutput(Rpc.none().put("summary", "x".repeat(7_990)), "output ".repeat(40));

        assertThat(report.has("output")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\\", "\n", "\u0001", "ä", "\uD83D\uDE00"})
    void aPageFitsTwiceIntoAnAnswer(String filler) {
        String text = filler.repeat(100_000);

        int fits = Cut.fitting(text, 72_000);

        String json = ToolResult.of(Rpc.none().put("text", text.substring(0, fits)))
                .asJson()
                .toString();
        assertThat(json.length()).isBetween(30_000, 73_000);
        assertThat(Character.isHighSurrogate(text.charAt(fits - 1))).isFalse();
    }

    @Test
    void aWindowEndsWithAWholeCharacterAndSaysWhetherThereIsMore() throws IOException {
        byte[] text = "aäöü".getBytes(StandardCharsets.UTF_8);
        TextWindow window = new TextWindow(1, 3);

        assertThatExceptionOfType(TextWindow.Enough.class).isThrownBy(() -> window.write(text));
        assertThat(new String(window.bytes(), StandardCharsets.UTF_8)).isEqualTo("ä");
        assertThat(window.hasMore()).isTrue();

        TextWindow whole = new TextWindow(0, 100);
        whole.write(text);
        assertThat(new String(whole.bytes(), StandardCharsets.UTF_8)).isEqualTo("aäöü");
        assertThat(whole.hasMore()).isFalse();
    }

    @Test
    void aSearchShowsTheLinesAroundEachMatchOnce() throws IOException {
        LineSearch search = new LineSearch("hit", 1);

        search.write("1\n2\nHIT\nhit\n5\n6\n7\nhit\n9".getBytes(StandardCharsets.UTF_8));
        search.end();

        assertThat(search.found()).isEqualTo("2: 2\n3: HIT\n4: hit\n5: 5\n--\n7: 7\n8: hit\n9: 9");
        assertThat(search.matches()).isEqualTo(3);
        assertThat(search.isCut()).isFalse();
    }

    @Test
    void aLongFileIsShownInWholeLinesAndGoesOnAtTheNextOne() {
        ObjectNode file = Rpc.none()
                .put("content", "line\n".repeat(20_000))
                .put("start_line", 5)
                .put("total_lines", 20_004);

        ObjectNode shown = ReadFileTool.bounded(file);

        int lines = (int) shown.path("content").asText().lines().count();
        assertThat(shown.path("content").asText()).endsWith("\n");
        assertThat(shown.path("end_line").asInt()).isEqualTo(4 + lines);
        assertThat(shown.path("next_line").asInt()).isEqualTo(5 + lines);
    }
}
