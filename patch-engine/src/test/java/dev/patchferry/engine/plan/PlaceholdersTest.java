package dev.patchferry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "// ... rest of the code unchanged",
                "# existing code",
                "    # ... keep existing imports ...",
                "<!-- rest of the page stays the same -->",
                "[... rest of the file ...]",
                "...existing code...",
                "# remaining parts"
            })
    void tellsWhatCanBeNothingElse(String line) {
        assertThat(Placeholders.isCertain(line)).isTrue();
        assertThat(Placeholders.isLikely(line)).isTrue();
    }

    /** As a comment of its own each of these can be meant. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "// ...",
                "# [...]",
                "/* … */",
                "# ... keep this as it is",
                "// ... your own handler goes here",
                "# same as before",
                "// unchanged",
                "-- other methods"
            })
    void tellsMoreInBothHalvesOfABlock(String line) {
        assertThat(Placeholders.isCertain(line)).isFalse();
        assertThat(Placeholders.isLikely(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "}",
                "# TODO: handle the remaining cases",
                "// why ... nobody knows",
                "#include <rest.h>",
                "...rest",
                "[...other, same]=x",
                "(...existing) => call(existing);",
                "rest of the world"
            })
    void takesNothingElseForOne(String line) {
        assertThat(Placeholders.isCertain(line)).isFalse();
        assertThat(Placeholders.isLikely(line)).isFalse();
    }
}
