package dev.patchferry.engine.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.engine.plan.Placement;
import dev.patchferry.engine.plan.Placement.BehindLine;
import dev.patchferry.engine.plan.Placement.Beside;
import dev.patchferry.engine.plan.Placement.Edge;
import dev.patchferry.engine.plan.Placement.Lines;
import dev.patchferry.engine.plan.Placement.Spot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {
    private final EditEngine engine = new EditEngine(() -> 0L);

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void putsLinesWhereTheyAreSaidToGo(String ending) {
        assertContent("a\nB\nC\nd\n", ending, new Lines(2, 3, Optional.empty()), "B\nC\n");
        assertContent("a\nd\n", ending, new Lines(2, 3, Optional.empty()), "");
        assertContent("a\nB\nc\nd\n", ending, new Lines(2, 2, Optional.of("b\n")), "B");
        assertContent("a\nx\nb\nc\nd\n", ending, new BehindLine(1), "x\n");
        assertContent("a\nb\nc\nd\nx\n", ending, new BehindLine(4), "x");
        assertContent("x\na\nb\nc\nd\n", ending, new Edge(false), "x\n");
        assertContent("a\nb\nc\nd\nx\ny\n", ending, new Edge(true), "x\ny");
        assertContent("a\nb\nc\nx\nd\n", ending, new Beside("b\nc", true), "x\n");
        assertContent("a\nx\nb\nc\nd\n", ending, new Beside(" b", false), "x\n");
    }

    @Test
    void keepsTheEndOfTheFile() {
        assertThat(edit("a\nb", new Edge(true), "c\n")).isEqualTo("a\nb\nc");
        assertThat(edit("a\nb", new Lines(2, 2, Optional.empty()), "B\n")).isEqualTo("a\nB");
        assertThat(edit("", new Edge(true), "c")).isEqualTo("c\n");
    }

    @Test
    void insertsNothingTwice() {
        assertThat(edit("a\nx\n", new Edge(true), "x\n")).isEqualTo("a\nx\n");
        assertThat(edit("x\na\n", new Edge(false), "x\n")).isEqualTo("x\na\n");
        assertThat(edit("a\nx\nb\n", new Beside("a", true), "x\n")).isEqualTo("a\nx\nb\n");
        assertThat(edit("x\na\nb\n", new Beside("a", false), "x\n")).isEqualTo("x\na\nb\n");
        assertThat(edit("a\nX\n", new Lines(2, 2, Optional.of("x")), "X\n")).isEqualTo("a\nX\n");
    }

    @Test
    void changesAPartOfTheLinesThatHoldIt() {
        assertThat(edit("a = 1\na = 1\n", new Lines(2, 2, Optional.of("1")), "2"))
                .isEqualTo("a = 1\na = 2\n");
    }

    @ParameterizedTest
    @CsvSource({"5, 5, there is no line 5", "3, 9, there are no lines 3 to 9"})
    void refusesLinesThatAreNot(int first, int last, String words) {
        assertThat(refusal("a\nb\nc\nd\n", new Lines(first, last, Optional.empty())))
                .contains(words, "has 4 lines");
    }

    @Test
    void refusesLinesThatHoldSomethingElse() {
        assertThat(refusal("a\nb\n", new Lines(1, 1, Optional.of("b")))).contains("do not hold the old text", "`a`");
        assertThat(refusal("a\nb\n", new BehindLine(3))).contains("there is no line 3");
    }

    @Test
    void refusesWhatStandsNowhereOrInTwoPlaces() {
        assertThat(refusal("import os\n", new Beside("import", true))).contains("stands nowhere as whole lines");
        assertThat(refusal("a\nb\na\n", new Beside("a", true))).contains("stands in 2 places, in lines 1, 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// ... rest of the code unchanged",
                "# existing code",
                "# (rest of code ...)",
                "// ... existing code ...",
                "/* ... rest of the file remains the same ... */",
                "<!-- rest of the page stays the same -->",
                "// ... other methods ...",
                "# ... (unchanged)",
                "-- ... remaining columns",
                "    # ... keep existing imports ...",
                "{/* ... rest of the component ... */}",
                "// … rest of file",
                "... rest of the function ...",
                "// ...",
                "/* … */",
                "// (unchanged)",
                "# the rest stays the same",
                "// other code remains the same"
            })
    void refusesACommentThatStandsForTextThatIsNotSent(String comment) {
        assertThat(refusal("a\nb\n", new Edge(true), comment)).contains("stands for text that is not sent");
        assertThat(edit(comment + "\na\n", new Edge(true), "b\n")).isEqualTo(comment + "\na\nb\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# existing users keep their password",
                "// the rest is history",
                "# rest parameters: def f(*args)",
                "x = [...rest]",
                "// ... TODO",
                "# behaviour is unchanged since 1.0",
                "const rest = 1; // remaining code points",
                "# TODO: handle the remaining cases",
                "#include <rest.h>",
                "rest of the world"
            })
    void takesAnyOtherComment(String comment) {
        assertThat(edit("a\n", new Edge(true), comment)).isEqualTo("a\n" + comment + "\n");
    }

    private void assertContent(String expected, String ending, Spot spot, String text) {
        assertThat(edit("a\nb\nc\nd\n".replace("\n", ending), spot, text)).isEqualTo(expected.replace("\n", ending));
    }

    private String edit(String content, Spot spot, String text) {
        EditResult result = result(content, spot, text);
        assertThat(result).as("%s", result).isInstanceOf(EditResult.Edited.class);
        return new String(((EditResult.Edited) result).bytes().toArray(), StandardCharsets.UTF_8);
    }

    private String refusal(String content, Spot spot) {
        return refusal(content, spot, "x\n");
    }

    private String refusal(String content, Spot spot, String text) {
        EditResult result = result(content, spot, text);
        assertThat(result).isInstanceOf(EditResult.Refused.class);
        return ((EditResult.Refused) result).reason();
    }

    private EditResult result(String content, Spot spot, String text) {
        return engine.edit(content.getBytes(StandardCharsets.UTF_8), List.of(new Placement(spot, text)));
    }
}
